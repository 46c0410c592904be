/* A disk with a volatile cache and a memory: one file, to be used through a loop device.
 *
 *   lossy_disk MOUNTPOINT OCTETS LOG CONTROL
 *
 * Serves MOUNTPOINT/disk by FUSE. Every write and every sync that the kernel asks of it goes to LOG in its order, so that for any
 * moment somebody else can make the disk as a power cut would have left it: what came before the last sync is there, and of the
 * rest each sector may be or not. CONTROL holds three numbers (32 bits, this machine's order) that may change at any time: syncs
 * that fail, writes that fail (-1: all), and milliseconds that a sync takes. Ends when it is unmounted.
 *
 * LOG: for each request 32 bits kind (1 write, 2 sync), 32 bits length, 64 bits offset, and the octets.
 * The protocol is that of linux/fuse.h. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { DISK = 2, MAX_WRITE = 1 << 17, FOR_EVER = 1 << 20 };

struct control {
    volatile int32_t failing_syncs, failing_writes, sync_milliseconds;
};

static int fuse, log_file;
static uint64_t size;
static uint8_t *octets;
static struct control *control;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void answer(const struct fuse_in_header *in, int error, const void *data, size_t length) {
    struct fuse_out_header out = {.len = sizeof out + length, .error = -error, .unique = in->unique};
    struct iovec parts[] = {{&out, sizeof out}, {(void *)data, length}};
    /* ENOENT: the request was interrupted, nobody waits for the answer. */
    if (writev(fuse, parts, length > 0 ? 2 : 1) < 0 && errno != ENOENT) die("answer");
}

static struct fuse_attr attributes(uint64_t node) {
    struct fuse_attr attr = {.ino = node, .nlink = 1, .blksize = 4096};
    if (node == DISK) {
        attr.mode = S_IFREG | 0600;
        attr.size = size;
        attr.blocks = size / 512;
    } else {
        attr.mode = S_IFDIR | 0700;
    }
    return attr;
}

static void note(uint32_t kind, uint64_t offset, const void *data, uint32_t length) {
    struct __attribute__((packed)) {
        uint32_t kind, length;
        uint64_t offset;
    } head = {kind, length, offset};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)data, length}};
    if (writev(log_file, parts, 2) != (ssize_t)(sizeof head + length)) die("log");
}

static int fails(volatile int32_t *left) {
    int32_t now = *left;
    if (now > 0) *left = now - 1;
    return now != 0;
}

static void on_write(const struct fuse_in_header *in, const struct fuse_write_in *write) {
    if (write->offset > size || write->size > size - write->offset) {
        answer(in, ENOSPC, NULL, 0);
        return;
    }
    if (fails(&control->failing_writes)) {
        answer(in, EIO, NULL, 0);
        return;
    }
    memcpy(octets + write->offset, write + 1, write->size);
    note(1, write->offset, write + 1, write->size);
    struct fuse_write_out out = {.size = write->size};
    answer(in, 0, &out, sizeof out);
}

static void on_sync(const struct fuse_in_header *in) {
    int milliseconds = control->sync_milliseconds;
    struct timespec wait = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    if (milliseconds > 0) nanosleep(&wait, NULL);
    if (fails(&control->failing_syncs)) {
        answer(in, EIO, NULL, 0);
        return;
    }
    note(2, 0, NULL, 0);
    answer(in, 0, NULL, 0);
}

static void serve(const struct fuse_in_header *in, const void *body) {
    switch (in->opcode) {
    case FUSE_INIT: {
        struct fuse_init_out out = {
            .major = FUSE_KERNEL_VERSION, .minor = 31, .max_readahead = MAX_WRITE, .flags = FUSE_BIG_WRITES,
            .max_background = 16, .congestion_threshold = 12, .max_write = MAX_WRITE, .time_gran = 1};
        answer(in, 0, &out, sizeof out);
        break;
    }
    case FUSE_LOOKUP: {
        if (strcmp(body, "disk") != 0) {
            answer(in, ENOENT, NULL, 0);
            break;
        }
        struct fuse_entry_out out = {.nodeid = DISK, .entry_valid = FOR_EVER, .attr_valid = FOR_EVER, .attr = attributes(DISK)};
        answer(in, 0, &out, sizeof out);
        break;
    }
    case FUSE_GETATTR:
    case FUSE_SETATTR: {
        struct fuse_attr_out out = {.attr_valid = FOR_EVER, .attr = attributes(in->nodeid)};
        answer(in, 0, &out, sizeof out);
        break;
    }
    case FUSE_OPEN:
    case FUSE_OPENDIR: {
        struct fuse_open_out out = {.open_flags = FOPEN_KEEP_CACHE};
        answer(in, 0, &out, sizeof out);
        break;
    }
    case FUSE_READ: {
        const struct fuse_read_in *read = body;
        uint64_t there = read->offset < size ? size - read->offset : 0;
        answer(in, 0, octets + (there > 0 ? read->offset : 0), read->size < there ? read->size : there);
        break;
    }
    case FUSE_WRITE:
        on_write(in, body);
        break;
    case FUSE_FSYNC:
        on_sync(in);
        break;
    case FUSE_STATFS: {
        struct fuse_statfs_out out = {.st = {.bsize = 4096, .namelen = 255}};
        answer(in, 0, &out, sizeof out);
        break;
    }
    case FUSE_READDIR:
    case FUSE_FLUSH:
    case FUSE_RELEASE:
    case FUSE_RELEASEDIR:
    case FUSE_DESTROY:
        answer(in, 0, NULL, 0);
        break;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
        break;
    default:
        answer(in, ENOSYS, NULL, 0);
    }
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: lossy_disk MOUNTPOINT OCTETS LOG CONTROL\n");
        return 2;
    }
    size = strtoull(arguments[2], NULL, 10);
    octets = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    log_file = open(arguments[3], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int control_file = open(arguments[4], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (octets == MAP_FAILED || log_file < 0 || control_file < 0 || ftruncate(control_file, sizeof *control) != 0) die("files");
    control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, control_file, 0);
    if (control == MAP_FAILED) die("control");

    fuse = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (fuse < 0) die("/dev/fuse");
    char options[64];
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", fuse);
    if (mount("lossy_disk", arguments[1], "fuse.lossy_disk", MS_NOSUID | MS_NODEV, options) != 0) die("mount");
    printf("serving\n");
    fflush(stdout);

    static uint64_t request[(MAX_WRITE + 8192) / sizeof(uint64_t)];
    for (;;) {
        ssize_t length = read(fuse, request, sizeof request);
        if (length >= (ssize_t)sizeof(struct fuse_in_header)) serve((void *)request, (struct fuse_in_header *)request + 1);
        else if (errno == ENODEV) return 0;
        else if (errno != EINTR && errno != EAGAIN && errno != ENOENT) die("read");
    }
}
