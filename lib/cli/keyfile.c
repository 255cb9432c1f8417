/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tta/descriptor.h"

static int check(int fd, struct tta_error *e)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return tta_fail(e, TTA_E_KEY, "a key file must be a regular file");
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return tta_fail(e, TTA_E_KEY, "the key file belongs to another user");
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return tta_fail(e, TTA_E_KEY, "others may use this key; run: chmod 600 on it");
    if (st.st_size != 32)
        return tta_fail(e, TTA_E_DATA, "a key file holds exactly 32 bytes");
    return 0;
}

static int read_key(int fd, unsigned char key[32], struct tta_error *e)
{
    size_t got;

    for (size_t done = 0; done < 32; done += got) {
        if (tta_read_some(fd, key + done, 32 - done, &got, e) != 0)
            return e->code;
        if (got == 0)
            return tta_fail(e, TTA_E_DATA, "a key file holds exactly 32 bytes");
    }
    for (size_t i = 1; key[i] == key[0]; i++)
        if (i == 31)
            return tta_fail(e, TTA_E_DATA, "all 32 bytes are the same: that is no secret");
    return 0;
}

/* Who types the key itself should not find it in the logs of the machine, too. */
static bool looks_like_a_key(const char *path)
{
    return strlen(path) >= 32 && strspn(path, "0123456789abcdefABCDEF") == strlen(path);
}

int tta_keyfile_read(const char *path, unsigned char key[32], struct tta_error *e)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    int rc;

    if (fd < 0 && errno != EACCES && looks_like_a_key(path))
        return tta_fail(e, TTA_E_USAGE, "the name of a file is wanted, never the key itself");
    if (fd < 0 && errno == ELOOP)
        rc = tta_fail(e, TTA_E_KEY, "a key file must not be a link");
    else if (fd < 0)
        rc = tta_fail(e, TTA_E_NOINPUT, "cannot be opened: %s", strerror(errno));
    else
        rc = check(fd, e);
    if (rc == 0)
        rc = read_key(fd, key, e);
    if (fd >= 0)
        close(fd);
    if (rc != 0)
        sodium_memzero(key, 32);
    return tta_error_place(e, path, 0);
}
