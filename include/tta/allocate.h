/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_ALLOCATE_H
#define TTA_ALLOCATE_H
/*
 * Allocation: which unit goes to which arm, by eleven methods, with the frozen
 * generator tta-1 (include/tta/random.h). man tta-generator says every method
 * word by word, so that it can be done again without this program.
 *
 * A plan is everything that decides besides the key and the list: the method,
 * the arms and what belongs to the method. It is set, and written back, as short
 * texts by the names of tta-randomize's options, so that a command line and an
 * audit file say the same thing:
 *
 *   method        complete, blocks, ... (tta_method_names)
 *   arms          "indsats:2,kontrol:1" or "indsats,kontrol"
 *   ratio         "yes": the arms' numbers are shares, not numbers of units
 *   strata        "ethnicity,sex,age<30<50"
 *   unit          column of the cluster that is drawn whole
 *   id            column that must be another in every row
 *   blocks        "4,6"       sizes in units                     blocks
 *   probability   "2/3", "0.8"                                   biased-coin, minimise
 *   limit         "3"         imbalance that is never passed     big-stick
 *   urn           "1:1"       balls to begin with : added        urn
 *   factors       "sex,age<30<50,municipality:2"  with weights   minimise
 *   measure       range, variance, sd                            minimise
 *   pair          column of the pair                             pairs
 *   match         "age,income"                                   pairs
 *   covariates    "cases,unemployment:2"  with weights           constrained
 *   keep          "0.1", "1/10"  the best share                  constrained
 *   candidates    "50000"     drawn instead of all               constrained
 *   steps         "2:5,3:5"   PERIOD:N that cross                stepped
 *   period        column of the period                           stepped
 *
 * The order is: tta_plan_set any number of times, tta_plan_check, then a row at a
 * time tta_units_add with the columns that tta_plan_columns lists, tta_allocate,
 * and tta_allocation_arm for every row.
 */
#include "tta/names.h"
#include "tta/random.h"
#include "tta/type.h"

enum tta_method {
    TTA_COMPLETE,    /* fixed numbers, the list is one draw */
    TTA_BLOCKS,      /* random permuted blocks (Hill 1951) */
    TTA_SIMPLE,      /* every unit by itself */
    TTA_BIASED_COIN, /* Efron, Biometrika 58 (1971) 403 */
    TTA_BIG_STICK,   /* Soares and Wu, Comm. Statist. Theory Methods 12 (1983) 2017 */
    TTA_URN,         /* Wei, JASA 73 (1978) 559 */
    TTA_MINIMISE,    /* Pocock and Simon, Biometrics 31 (1975) 103 */
    TTA_PAIRS,       /* one of each pair */
    TTA_CLUSTER,     /* complete, of clusters */
    TTA_CONSTRAINED, /* Raab and Butcher, Statist. Med. 20 (2001) 351 */
    TTA_STEPPED      /* complete, to the periods in which clusters cross */
};
extern const char *const tta_method_names[]; /* "complete", ...; NULL at the end */

#define TTA_ARMS_MAX UINT16_MAX
#define TTA_TERMS_MAX 64 /* columns of one setting */

enum tta_measure { TTA_RANGE, TTA_VARIANCE, TTA_SD };
extern const char *const tta_measure_names[]; /* NULL at the end */

/* An arm, or the period of a step, with its number of units or its share. */
struct tta_arm {
    const char *name;
    uint64_t number;
};

struct tta_arms {
    struct tta_arm *items;
    size_t count;
    bool numbered; /* NAME:N, not NAME alone, whose numbers are 1 */
    uint64_t sum;  /* UINT64_MAX: too much to add up */
};

struct tta_fraction {
    uint64_t num, den; /* lowest terms; den 0: not said */
};

/* A column as a stratum or a factor (kinds of text, or a number cut), or as a number. */
struct tta_term {
    const char *column;
    uint64_t weight;  /* 1 when not said */
    double *cuts;     /* rising; "age<30<50" has two */
    const char **cut; /* as they were typed */
    size_t cut_count;
};

struct tta_terms {
    struct tta_term *items;
    size_t count;
};

#define TTA_SETTINGS 19

/* All texts belong to the plan. */
struct tta_plan {
    enum tta_method method;
    struct tta_arms arms, steps;
    bool ratio; /* was said; see tta_plan_is_ratio */
    struct tta_terms strata, factors, covariates, match;
    const char *unit, *id, *pair, *period; /* NULL: none */
    uint64_t *blocks;
    size_t block_count;
    struct tta_fraction probability, keep;
    uint64_t limit, candidates;  /* 0: not said */
    uint64_t urn_start, urn_add; /* as said: tta_plan_check wants a sum above 0 */
    enum tta_measure measure;
    char *text[TTA_SETTINGS];  /* the settings as they were made; NULL: not */
    char *parts[TTA_SETTINGS]; /* the same, cut up: what the names point into */
};

/* The names of the settings, in the order above; NULL at the end. */
extern const char *const tta_plan_settings[];

/*
 * {0} is an empty plan, of method complete. set parses one setting; it fails with
 * TTA_E_USAGE, "--arms: ...". Twice the same is an error. get is the text of a
 * setting as it was made, or NULL.
 */
int tta_plan_set(struct tta_plan *p, const char *name, const char *value, struct tta_error *e);
const char *tta_plan_get(const struct tta_plan *p, const char *name);
void tta_plan_release(struct tta_plan *p);

/* Where the units go: the arms, or the steps of the stepped method. */
const struct tta_arms *tta_plan_goals(const struct tta_plan *p);
/* Are their numbers shares, for any number of units? */
bool tta_plan_is_ratio(const struct tta_plan *p);

/*
 * Do the settings go together, and is nothing missing? TTA_E_USAGE with the reason.
 * Fills in what was not said.
 */
int tta_plan_check(struct tta_plan *p, struct tta_error *e);

/*
 * The columns of the input that the plan reads, in the order of the cells that
 * tta_units_add wants: name is borrowed from the plan, type TTA_TEXT, TTA_NUMBER,
 * TTA_DECIMAL or TTA_INTEGER; no cell may be missing. Writes at most cap of
 * them, returns how many there are. One column may come more than once.
 */
struct tta_plan_column {
    const char *name;
    enum tta_type type;
};
size_t tta_plan_columns(const struct tta_plan *p, struct tta_plan_column *out, size_t cap);

/*
 * The rows of the list, in their order. {0} is an empty list. add takes a row's
 * cells (texts are borrowed for the call only) and fails with TTA_E_DATA, the
 * row not in the list, for an id that was there before, for a row that is not as
 * the first of its cluster is, and for a covariate beyond 10^9.
 */
struct tta_units {
    bool labelled; /* the one column of the strata holds labels, which are taken as they are */
    size_t n, cap;
    struct tta_names strata;  /* labels, in order of appearance */
    int32_t *stratum;         /* n */
    struct tta_names groups;  /* clusters (unit), or pairs, in order of appearance */
    int32_t *group;           /* n, or NULL */
    uint32_t *first;          /* of each group: its first row */
    struct tta_names *levels; /* of each factor */
    int32_t *level;           /* n x factors, or NULL */
    int64_t *covariate;       /* n x covariates, in millionths, or NULL */
    double *match;            /* n x match, or NULL */
    int64_t *period;          /* n, or NULL */
    struct tta_id_set *ids;
    struct tta_buffer label; /* room to write one in */
    size_t factor_count;
};
int tta_units_add(struct tta_units *u, const struct tta_plan *p, const union tta_slot *cells,
                  struct tta_error *e);
void tta_units_release(struct tta_units *u);

/*
 * How many strata differ from another one only by blanks around a kind ("K" and "K "): more
 * likely a slip than two strata. SIZE_MAX when memory is out.
 */
size_t tta_units_blank_strata(const struct tta_units *u);

/*
 * Kinds with | between. When all are bands of a number ("<30", ">=30<50", ">=50"), each must
 * begin where another ends; below the first and above the last nobody need be. TTA_E_USAGE.
 */
int tta_bands_check(const char *kinds, struct tta_error *e);

/* The label of a row's stratum: empty where nothing is stratified. */
struct tta_text tta_units_label(const struct tta_units *u, size_t row);

/* What the audit says of a draw besides the plan. */
struct tta_allocation {
    uint16_t *arm;              /* n: place in arms, or in steps */
    uint32_t *pair;             /* n, method pairs: number of the pair, from 0; else NULL */
    uint64_t candidates, kept;  /* constrained: allotments looked at, and kept */
    uint64_t worst_kept, drawn; /* their scores: of the worst kept one, of the drawn one */
    /* pairs of units that all kept put together, or apart; counted up to 64 units */
    bool pairs_counted;
    uint64_t always, never;
};

/*
 * Draws. Fails with TTA_E_DATA and the reason when it is impossible (20 of 12
 * units), before any word is drawn and with *out empty. The result depends on
 * nothing but its arguments.
 */
int tta_allocate(const struct tta_plan *p, const struct tta_key *key, const struct tta_units *u,
                 struct tta_allocation *out, struct tta_error *e);
void tta_allocation_release(struct tta_allocation *a);

/*
 * The name of row's arm. Stepped: the first arm before the unit crosses, the
 * second from then on, where the plan has a period column; "" where it has none.
 */
const char *tta_allocation_arm(const struct tta_plan *p, const struct tta_units *u,
                               const struct tta_allocation *a, size_t row);

#endif
