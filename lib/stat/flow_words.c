/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a flow says, in Danish. */
#include "flow.h"

static const char *const words[][2] = {
    {"assessed", "vurderet"},
    {"excluded", "ekskluderet"},
    {"no reason given", "ingen grund angivet"},
    {"eligible", "egnet"},
    {"allocated", "fordelt"},
    {"not allocated", "ikke fordelt"},
    {"allocated though excluded", "fordelt, skønt ekskluderet"},
    {"not classified", "ikke visiteret"},
    {"category 1", "kategori 1"},
    {"category 2", "kategori 2"},
    {"category 3", "kategori 3"},
    {"team", "team"},
    {"clinic", "klinik"},
    {"team though not category 2", "team, skønt ikke kategori 2"},
    {"clinic though not team", "klinik, skønt ikke team"},
    {"All cases", "Alle sager"},
    {"Assessed", "Vurderet"},
    {"Excluded", "Ekskluderet"},
    {"Eligible", "Egnet"},
    {"Allocated to ", "Fordelt til "},
    {"Not allocated", "Ikke fordelt"},
    {"Allocated though excluded", "Fordelt, skønt ekskluderet"},
    {"Not classified", "Ikke visiteret"},
    {"Category 1, caseworker", "Kategori 1, sagsbehandler"},
    {"Category 2, coordinator", "Kategori 2, koordinator"},
    {"Category 3, caseworker", "Kategori 3, sagsbehandler"},
    {"Team", "Team"},
    {"Clinical unit", "Klinisk enhed"},
};

const char *tta_flow_word(const struct tta_flow *f, const char *english)
{
    for (size_t i = 0; f->danish && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], english) == 0)
            return words[i][1];
    return english;
}
