/*
 * Stands between a process and its disk: LD_PRELOAD this, and what is done below one folder is written to a trace, from
 * which a test makes the states that a loss of power can leave. Flushes return at once, since the trace knows what they
 * would have made safe. Chosen calls fail instead.
 *
 * A record of the trace, in the machine's order of bytes: a letter, 4 bytes handle, 8 bytes number, 4 bytes length, and
 * so many bytes.
 *   O  opened: handle, flags, path         W  written: handle, offset, bytes      T  length set: handle, length
 *   S  flushed: handle                     X  flush failed: handle                R  renamed: path, 0, path
 *   U  removed: path                       M  folder made: path                   K  marked: number
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
#define MOST_PATH 4096
#define BUFFER_BYTES (1 << 20)

/* Kinds of calls that may fail, as bits. */
#define KIND_WRITE 1
#define KIND_SYNC 2
#define KIND_CREATE 4
#define KIND_RENAME 8
#define KIND_LENGTH 16

#define REAL(name, type) ((type) real(#name))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[MOST_PATH];
static size_t root_length;
static int trace = -1;
static char buffer[BUFFER_BYTES];
static size_t buffered;
static uint32_t handles[MOST_FILES];
static uint32_t last_handle;
static int fault_kinds, fault_errno, fault_tears;
static int64_t fault_after, fault_times;
static int64_t faults;

static void *real(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

static void drain(const char *bytes, size_t length) {
    ssize_t (*do_write)(int, const void *, size_t) = REAL(write, ssize_t (*)(int, const void *, size_t));
    while (length > 0) {
        ssize_t done = do_write(trace, bytes, length);
        if (done <= 0) {
            dprintf(2, "disk_faults: the trace cannot be written: %s\n", strerror(errno));
            _exit(70);
        }
        bytes += done;
        length -= done;
    }
}

static void put(const void *bytes, size_t length) {
    if (buffered + length > BUFFER_BYTES) {
        drain(buffer, buffered);
        buffered = 0;
    }
    if (length > BUFFER_BYTES) {
        drain(bytes, length);
    } else {
        memcpy(buffer + buffered, bytes, length);
        buffered += length;
    }
}

static void record(char letter, uint32_t handle, uint64_t number, const void *bytes, uint32_t length) {
    if (trace >= 0) {
        put(&letter, 1);
        put(&handle, 4);
        put(&number, 8);
        put(&length, 4);
        put(bytes, length);
    }
}

static int watched(const char *path) {
    return root_length > 0 && path != NULL && strncmp(path, root, root_length) == 0
            && (path[root_length] == '/' || path[root_length] == 0);
}

static uint32_t handle_of(int fd) {
    return fd >= 0 && fd < MOST_FILES ? handles[fd] : 0;
}

/* The error that a call of a kind has to fail with, or 0. */
static int fault(int kind) {
    if ((fault_kinds & kind) == 0 || fault_times <= 0 || --fault_after > 0) {
        return 0;
    }
    fault_times--;
    faults++;
    return fault_errno;
}

/* What tests call. */

void disk_start(const char *folder, const char *trace_file) {
    pthread_mutex_lock(&lock);
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    memset(handles, 0, sizeof handles);
    last_handle = 0;
    buffered = 0;
    int (*do_open)(const char *, int, ...) = REAL(open, int (*)(const char *, int, ...));
    trace = do_open(trace_file, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    pthread_mutex_unlock(&lock);
}

void disk_stop(void) {
    pthread_mutex_lock(&lock);
    if (trace >= 0) {
        drain(buffer, buffered);
        REAL(close, int (*)(int))(trace);
    }
    trace = -1;
    root_length = 0;
    fault_times = 0;
    pthread_mutex_unlock(&lock);
}

void disk_mark(int64_t number) {
    pthread_mutex_lock(&lock);
    record('K', 0, (uint64_t) number, "", 0);
    pthread_mutex_unlock(&lock);
}

/* Lets the calls of some kinds fail, from the after-th on, so many times. */
void disk_fail(int kinds, int64_t after, int64_t times, int error, int tears) {
    pthread_mutex_lock(&lock);
    fault_kinds = kinds;
    fault_after = after;
    fault_times = times;
    fault_errno = error;
    fault_tears = tears;
    faults = 0;
    pthread_mutex_unlock(&lock);
}

int64_t disk_faults(void) {
    pthread_mutex_lock(&lock);
    int64_t count = faults;
    pthread_mutex_unlock(&lock);
    return count;
}

/* The calls. */

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    int (*do_open)(const char *, int, ...) = (int (*)(const char *, int, ...)) real(name);
    if (!watched(path)) {
        int fd = do_open(path, flags, mode);
        if (fd >= 0 && fd < MOST_FILES) {
            handles[fd] = 0;
        }
        return fd;
    }
    pthread_mutex_lock(&lock);
    int error = (flags & O_CREAT) != 0 ? fault(KIND_CREATE) : 0;
    int fd = error != 0 ? -1 : do_open(path, flags, mode);
    if (error != 0) {
        errno = error;
    }
    int kept = errno;
    if (fd >= 0 && fd < MOST_FILES) {
        handles[fd] = ++last_handle;
        record('O', last_handle, (uint64_t) flags, path, strlen(path));
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
    return fd;
}

#define MODE(flags, mode)                                         \
    mode_t mode = 0;                                              \
    if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list rest;                                             \
        va_start(rest, flags);                                    \
        mode = va_arg(rest, mode_t);                              \
        va_end(rest);                                             \
    }

int open(const char *path, int flags, ...) {
    MODE(flags, mode)
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags, mode)
    return opened("open64", path, flags, mode);
}

int close(int fd) {
    if (fd >= 0 && fd < MOST_FILES) {
        handles[fd] = 0;
    }
    return REAL(close, int (*)(int))(fd);
}

static ssize_t written(int fd, const void *bytes, size_t length, off_t offset, int positioned) {
    ssize_t (*at)(int, const void *, size_t, off_t) = REAL(pwrite64, ssize_t (*)(int, const void *, size_t, off_t));
    ssize_t (*next)(int, const void *, size_t) = REAL(write, ssize_t (*)(int, const void *, size_t));
    uint32_t handle = handle_of(fd);
    if (handle == 0) {
        return positioned ? at(fd, bytes, length, offset) : next(fd, bytes, length);
    }
    pthread_mutex_lock(&lock);
    int error = fault(KIND_WRITE);
    size_t count = error == 0 ? length : fault_tears ? length / 2 & ~(size_t) 511 : 0;
    ssize_t done = 0;
    if (error == 0 || count > 0) {
        if (!positioned) {
            struct stat now;
            int append = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
            offset = append && fstat(fd, &now) == 0 ? now.st_size : lseek(fd, 0, SEEK_CUR);
        }
        done = positioned ? at(fd, bytes, count, offset) : next(fd, bytes, count);
        if (done > 0) {
            record('W', handle, (uint64_t) offset, bytes, (uint32_t) done);
        }
    }
    int kept = error != 0 ? error : errno;
    pthread_mutex_unlock(&lock);
    errno = kept;
    return error != 0 ? -1 : done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    return written(fd, bytes, length, 0, 0);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return written(fd, bytes, length, offset, 1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    return written(fd, bytes, length, offset, 1);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (handle_of(fd) == 0) {
        return REAL(writev, ssize_t (*)(int, const struct iovec *, int))(fd, parts, count);
    }
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = written(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (done < 0) {
            return all > 0 ? all : -1;
        }
        all += done;
        if ((size_t) done < parts[i].iov_len) {
            break;
        }
    }
    return all;
}

static int length_set(int fd, off_t length, const char *name) {
    uint32_t handle = handle_of(fd);
    int (*do_set)(int, off_t) = (int (*)(int, off_t)) real(name);
    if (handle == 0) {
        return do_set(fd, length);
    }
    pthread_mutex_lock(&lock);
    int error = fault(KIND_LENGTH);
    int result = error != 0 ? -1 : do_set(fd, length);
    if (error != 0) {
        errno = error;
    }
    int kept = errno;
    if (result == 0) {
        record('T', handle, (uint64_t) length, "", 0);
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}

int ftruncate(int fd, off_t length) {
    return length_set(fd, length, "ftruncate");
}

int ftruncate64(int fd, off64_t length) {
    return length_set(fd, length, "ftruncate64");
}

/* Space that is set aside is no content; whoever sets the length by it would need a record. */
int fallocate(int fd, int mode, off_t offset, off_t length) {
    if (handle_of(fd) != 0) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return REAL(fallocate, int (*)(int, int, off_t, off_t))(fd, mode, offset, length);
}

int posix_fallocate(int fd, off_t offset, off_t length) {
    return handle_of(fd) != 0 ? EOPNOTSUPP : REAL(posix_fallocate, int (*)(int, off_t, off_t))(fd, offset, length);
}

static int flushed(int fd, const char *name) {
    uint32_t handle = handle_of(fd);
    if (handle == 0) {
        return ((int (*)(int)) real(name))(fd);
    }
    pthread_mutex_lock(&lock);
    int error = fault(KIND_SYNC);
    record(error == 0 ? 'S' : 'X', handle, 0, "", 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return error == 0 ? 0 : -1;
}

int fsync(int fd) {
    return flushed(fd, "fsync");
}

int fdatasync(int fd) {
    return flushed(fd, "fdatasync");
}

static int named(char letter, const char *path, int result) {
    int kept = errno;
    if (result == 0) {
        record(letter, 0, 0, path, strlen(path));
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}

int unlink(const char *path) {
    int (*do_unlink)(const char *) = REAL(unlink, int (*)(const char *));
    if (!watched(path)) {
        return do_unlink(path);
    }
    pthread_mutex_lock(&lock);
    return named('U', path, do_unlink(path));
}

int rmdir(const char *path) {
    int (*do_rmdir)(const char *) = REAL(rmdir, int (*)(const char *));
    if (!watched(path)) {
        return do_rmdir(path);
    }
    pthread_mutex_lock(&lock);
    return named('U', path, do_rmdir(path));
}

int mkdir(const char *path, mode_t mode) {
    int (*do_mkdir)(const char *, mode_t) = REAL(mkdir, int (*)(const char *, mode_t));
    if (!watched(path)) {
        return do_mkdir(path, mode);
    }
    pthread_mutex_lock(&lock);
    int error = fault(KIND_CREATE);
    if (error != 0) {
        pthread_mutex_unlock(&lock);
        errno = error;
        return -1;
    }
    return named('M', path, do_mkdir(path, mode));
}

int rename(const char *from, const char *to) {
    int (*do_rename)(const char *, const char *) = REAL(rename, int (*)(const char *, const char *));
    if (!watched(from)) {
        return do_rename(from, to);
    }
    pthread_mutex_lock(&lock);
    int error = fault(KIND_RENAME);
    int result = error != 0 ? -1 : do_rename(from, to);
    int kept = error != 0 ? error : errno;
    if (result == 0) {
        char both[2 * MOST_PATH];
        size_t first = strlen(from) + 1;
        size_t second = strlen(to);
        if (first + second > sizeof both) {
            _exit(71);
        }
        memcpy(both, from, first);
        memcpy(both + first, to, second);
        record('R', 0, 0, both, (uint32_t) (first + second));
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}
