/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Let every row of the risk set be chosen by itself, row i with the chance
 * p_i = r_i rho / (1 + r_i rho), r_i = exp(x_i'beta), rho such that d rows are
 * expected. Then P(d chosen) is rho^d / prod(1 + r_i rho) times the sum over all
 * choices of d rows of their r's product, which is the denominator that is
 * wanted. P is the inverse Fourier transform of the product of
 *   1 - p_i + p_i exp(i angle)
 * over N equally spaced angles. The sum over them gives P(d chosen) and all of
 * P(d + N), P(d - N), P(d + 2 N), ... chosen: exactly P(d) when N is more than d
 * and n - d, and as good as exactly when Bennett's inequality says that those
 * are below exp(-DEPTH). Where the product is below exp(-DEPTH) the angle is left
 * out: some 15 are left, at the most 28, however many rows tie. As the expected
 * number is d, nearly all terms of the sum have one sign, and nothing cancels.
 *
 * beta moves the product by sum of x_i w_i, w_i = p_i exp(i angle) / (1 - p_i +
 * p_i exp(i angle)), and w_i by x_i w_i (1 - w_i): hence the two derivatives.
 *
 * M. Fernandez, S. Williams, IEEE Trans. Aerosp. Electron. Syst. 46 (2010)
 * 803-817; G. Bennett, JASA 57 (1962) 33-45.
 */
#define DEPTH 42
#define ANGLES_MAX 32

/* Rows are taken so many at a time. The last are filled up with rows that are not there. */
#define TILE 32
#define LANES 8 /* sums side by side, in whatever the machine has of wide registers */

struct choice {
    size_t n, d, p;
    size_t filled;   /* n, a multiple of TILE */
    double persons;  /* n, or what the counts of the rows add up to */
    bool counted;    /* is any not 1? */
    double *count;   /* filled: how often the row is there; 0 for those filled up */
    double *chance;  /* filled: at first x'beta - base; then the p_i */
    double *x;       /* tiles of p columns of TILE rows, centred */
    double *centre;  /* p: what was taken off */
    double *chosen;  /* p: the mean of the sum of x over the choices of d */
    double *re, *im; /* angles x p: sum of x w */
    double log_rho;
    double variance;    /* of the number chosen */
    size_t all, angles; /* N, and those not left out, from 0 up: those below 0 mirror them */
    double rise[ANGLES_MAX], sine[ANGLES_MAX];         /* 1 - cos(angle), sin(angle) */
    double share_re[ANGLES_MAX], share_im[ANGLES_MAX]; /* of P(d) */
    double *block;                                     /* holds the arrays */
};

static int collect(const struct tta_cox_sweep *s, struct choice *c, struct tta_error *e)
{
    const struct tta_cox_data *d = s->d;
    size_t p = d->p, filled = (s->at_risk + TILE - 1) / TILE * TILE;
    double *b = calloc(filled * (2 + p) + 2 * p + 2 * p * ANGLES_MAX, sizeof *b);

    c->p = p;
    c->d = (size_t)d->block[s->block].tied;
    c->filled = filled;
    c->block = b;
    if (b == NULL)
        return tta_fail_memory(e);
    c->count = b;
    c->chance = b += filled;
    c->x = b += filled;
    c->centre = b += filled * p;
    c->chosen = b += p;
    c->re = b += p;
    c->im = b + p * ANGLES_MAX;
    for (size_t i = s->first; i < s->places; i++) {
        if (d->until != NULL && d->until[i] <= s->block)
            continue;
        for (size_t j = 0; j < p; j++)
            c->x[c->n / TILE * TILE * p + j * TILE + c->n % TILE] = d->x[i * p + j];
        c->count[c->n] = d->weight == NULL ? 1 : d->weight[i]; /* a count: there are no weights */
        c->counted = c->counted || c->count[c->n] > 1;
        c->persons += c->count[c->n];
        c->chance[c->n++] = s->eta[i] - s->base;
    }
    return 0;
}

static double logistic(double z)
{
    return 1 / (1 + exp(-z));
}

/* log rho, near enough: d lies within a tenth of a standard deviation of what is expected. */
static void find_log_rho(struct choice *c)
{
    double low = -1e4, high = 1e4, u = 0;

    for (size_t i = 0; i < c->n; i++)
        u -= c->count[i] * c->chance[i];
    u = u / c->persons + log((double)c->d / (c->persons - (double)c->d));
    for (int i = 0; i < 200; i++) {
        double sum = -(double)c->d, slope = 0;

        for (size_t k = 0; k < c->n; k++) {
            double p = logistic(c->chance[k] + u);

            sum += c->count[k] * p;
            slope += c->count[k] * p * (1 - p);
        }
        if (fabs(sum) < 1e-3 || sum * sum < 0.01 * slope)
            break;
        if (sum > 0)
            high = u;
        else
            low = u;
        u -= sum / slope;
        if (!(u > low && u < high))
            u = (low + high) / 2;
    }
    c->log_rho = u;
}

/* Makes the chances. Returns the log of rho^d / prod(1 + r_i rho), summed after Kahan. */
static double find_chances(struct choice *c)
{
    double result = (double)c->d * c->log_rho, lost = 0;

    for (size_t i = 0; i < c->n; i++) {
        double z = c->chance[i] + c->log_rho, odds = exp(-fabs(z)), p = odds / (1 + odds);
        double less = c->count[i] * (log1p(odds) + (z > 0 ? z : 0)) + lost, next = result - less;

        lost = less - (result - next);
        result = next;
        c->chance[i] = z > 0 ? 1 - p : p;
        c->variance += c->count[i] * p * (1 - p);
    }
    return result - lost;
}

/* Bennett's bound: minus the log of the chance that n more than expected are chosen. */
static double improbable(double n, double variance)
{
    return (n + variance) * log1p(n / variance) - n;
}

static void find_angles(struct choice *c)
{
    double variance = fmax(c->variance, 1e-3), most = fmax((double)c->d, c->persons - (double)c->d);
    size_t all = 3;

    while ((double)all <= most && improbable((double)all, variance) < DEPTH)
        all += 2 * (1 + all / 128); /* odd: at half a turn 1 - p + p exp(i angle) may be 0 */
    c->all = all;
    for (size_t m = 0; 2 * m < all && m < ANGLES_MAX; m++) {
        double angle = 2 * M_PI * (double)m / (double)all, half = sin(angle / 2);

        if (2 * c->variance * half * half > DEPTH)
            break;
        c->rise[m] = 2 * half * half;
        c->sine[m] = sin(angle);
        c->angles++;
    }
}

/* The same of counts, by logarithms; the phase less that of exp(i d angle), which is near it. */
static void multiply_counts(struct choice *c, size_t m)
{
    double angle = 2 * M_PI * (double)m / (double)c->all, size = 0, phase = 0;
    double expected = -(double)c->d;

    for (size_t i = 0; i < c->n; i++) {
        double p = c->chance[i], a = 1 - p * c->rise[m], b = p * c->sine[m];

        size += c->count[i] * log(a * a + b * b) / 2;
        phase += c->count[i] * (atan2(b, a) - p * angle);
        expected += c->count[i] * p;
    }
    phase += expected * angle;
    c->share_re[m] = (m == 0 ? 1 : 2) * exp(size) * cos(phase);
    c->share_im[m] = (m == 0 ? 1 : 2) * exp(size) * sin(phase);
}

/* The product at angle m, times exp(-i d angle): into its share. */
static void multiply(struct choice *c, size_t m)
{
    double re[LANES], im[LANES] = {0}, rise = c->rise[m], sine = c->sine[m], r, i;
    double turn = -2 * M_PI * (double)(c->d % c->all * m % c->all) / (double)c->all;

    for (size_t l = 0; l < LANES; l++)
        re[l] = 1;
    for (size_t k = 0; k < c->filled; k += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double p = c->chance[k + l], a = 1 - p * rise, b = p * sine, t = re[l] * a - im[l] * b;

            im[l] = re[l] * b + im[l] * a;
            re[l] = t;
        }
    r = cos(turn);
    i = sin(turn);
    for (size_t l = 0; l < LANES; l++) {
        double t = r * re[l] - i * im[l];

        i = r * im[l] + i * re[l];
        r = t;
    }
    c->share_re[m] = m == 0 ? r : 2 * r; /* with its mirror image */
    c->share_im[m] = m == 0 ? i : 2 * i;
}

/* P(d chosen), and what share of it each angle has. */
static double find_shares(struct choice *c)
{
    double sum = 0;

    for (size_t m = 0; m < c->angles; m++) {
        if (c->counted)
            multiply_counts(c, m);
        else
            multiply(c, m);
        sum += c->share_re[m];
    }
    for (size_t m = 0; m < c->angles; m++) {
        c->share_re[m] /= sum;
        c->share_im[m] /= sum;
    }
    return sum / (double)c->all;
}

static void centre(struct choice *c)
{
    double total = 0;

    for (size_t i = 0; i < c->filled; i += TILE)
        for (size_t k = 0; k < TILE; k++) {
            double w = c->count[i + k] * c->chance[i + k];

            total += w;
            for (size_t j = 0; j < c->p; j++)
                c->centre[j] += w * c->x[i * c->p + j * TILE + k];
        }
    for (size_t j = 0; j < c->p; j++)
        c->centre[j] /= total;
    for (size_t i = 0; i < c->filled; i += TILE)
        for (size_t j = 0; j < c->p; j++)
            for (size_t k = 0; k < TILE; k++)
                c->x[i * c->p + j * TILE + k] -= c->centre[j];
}

/* The sum over a tile of a b. */
static double dot(const double *restrict a, const double *restrict b)
{
    double sum[LANES] = {0};

    for (size_t k = 0; k < TILE; k += LANES)
        for (size_t l = 0; l < LANES; l++)
            sum[l] += a[k + l] * b[k + l];
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/* Of a tile: the chance p of each row to be among d chosen, and the sum of w (1 - w). */
struct among {
    double p[TILE], slope[TILE];
};

/* Angle m's part of it, times the rows' counts; wr and wi get w, times them too. */
static void add_angle(const struct choice *c, size_t m, const double *restrict chance,
                      const double *restrict count, struct among *restrict a, double *restrict wr,
                      double *restrict wi)
{
    double rise = c->rise[m], sine = c->sine[m], sr = c->share_re[m], si = c->share_im[m];

    for (size_t k = 0; k < TILE; k++) {
        double p = chance[k], v = p * (1 - p), inverse = 1 / (1 - 2 * v * rise);
        double re = (p - v * rise) * inverse, im = v * sine * inverse;

        a->p[k] += count[k] * (sr * re - si * im);
        a->slope[k] += count[k] * (sr * (re - re * re + im * im) - si * im * (1 - 2 * re));
        wr[k] = count[k] * re;
        wi[k] = count[k] * im;
    }
}

/* All rows, a tile at a time: chosen, the angles' sums, and the first part of info. */
static void add_tiles(struct choice *c, double *info)
{
    size_t p = c->p;

    for (size_t i = 0; i < c->filled; i += TILE) {
        const double *x = c->x + i * p;
        struct among a = {0};
        double wr[TILE], wi[TILE];

        for (size_t m = 0; m < c->angles; m++) {
            add_angle(c, m, c->chance + i, c->count + i, &a, wr, wi);
            for (size_t j = 0; j < p; j++) {
                c->re[m * p + j] += dot(x + j * TILE, wr);
                c->im[m * p + j] += dot(x + j * TILE, wi);
            }
        }
        for (size_t j = 0; j < p; j++) {
            for (size_t k = 0; k < TILE; k++)
                wr[k] = a.slope[k] * x[j * TILE + k];
            c->chosen[j] += dot(a.p, x + j * TILE);
            for (size_t k = 0; k <= j; k++)
                info[j * p + k] += dot(wr, x + k * TILE);
        }
    }
}

static void add_choices(struct choice *c, struct tta_cox_point *at)
{
    size_t p = c->p;
    double chance;

    find_log_rho(c);
    at->loglik += find_chances(c);
    find_angles(c);
    chance = find_shares(c);
    if (!(chance > 1e-9)) { /* near 0.4 / standard deviation, unless no rho was found */
        at->loglik = -INFINITY;
        return;
    }
    at->loglik -= log(chance);
    centre(c);
    add_tiles(c, at->info);
    for (size_t j = 0; j < p; j++) {
        at->score[j] -= c->chosen[j] + (double)c->d * c->centre[j];
        for (size_t k = 0; k <= j; k++)
            at->info[j * p + k] -= c->chosen[j] * c->chosen[k];
    }
    for (size_t m = 0; m < c->angles; m++) {
        const double *re = c->re + m * p, *im = c->im + m * p;

        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k <= j; k++)
                at->info[j * p + k] += c->share_re[m] * (re[j] * re[k] - im[j] * im[k]) -
                                       c->share_im[m] * (re[j] * im[k] + im[j] * re[k]);
    }
}

/* All rows have the event: there is one choice, and nothing to estimate from it. */
static void add_all(const struct choice *c, struct tta_cox_point *at)
{
    for (size_t i = 0; i < c->n; i++) {
        at->loglik -= c->count[i] * c->chance[i];
        for (size_t j = 0; j < c->p; j++)
            at->score[j] -= c->count[i] * c->x[i / TILE * TILE * c->p + j * TILE + i % TILE];
    }
}

int tta_cox_add_exact(const struct tta_cox_sweep *s, struct tta_cox_point *at, struct tta_error *e)
{
    struct choice c = {0};
    int code = collect(s, &c, e);

    if (code == 0 && (double)c.d >= c.persons)
        add_all(&c, at);
    else if (code == 0)
        add_choices(&c, at);
    free(c.block);
    return code;
}
