/*
 * The floor: what four DHCP packets cost on this machine when nothing is decided and nothing is kept.
 *
 * A packet socket takes relayed DHCPv4 queries in batches (recvmmsg), writes the answer over the query's
 * own buffer from a template, and sends the batch (sendmmsg). DISCOVER becomes OFFER, REQUEST becomes ACK;
 * everything else is ignored. The address comes from the client's hardware address, so the same client
 * gets the same address and two clients of the load share none.
 *
 * usage: reflector INTERFACE SERVER-ADDRESS FIRST-ADDRESS BITS
 *   FIRST-ADDRESS BITS   answers are FIRST-ADDRESS + (the low BITS bits of the hardware address)
 * It writes "ready" to standard output when it receives. SIGTERM ends it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 256, FRAME = 2048, SERVER_PORT = 67, RECEIVE_BUFFER = 16 << 20 };
enum { DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5 };

/* RFC 2131 §2, the fixed part and the cookie. */
struct bootp {
    uint8_t op, htype, hlen, hops;
    uint32_t xid;
    uint16_t secs, flags;
    uint32_t ciaddr, yiaddr, siaddr, giaddr;
    uint8_t chaddr[16], sname[64], file[128], cookie[4], options[60];
} __attribute__((packed));

struct frame {
    struct ether_header link;
    struct iphdr ip;
    struct udphdr udp;
    struct bootp dhcp;
} __attribute__((packed));

_Static_assert(sizeof(struct bootp) == 300, "the least a BOOTP client accepts (RFC 1542 §2.1)");

static uint8_t buffers[BATCH][FRAME];
static uint8_t answer_options[60];
static uint32_t server, first_address, address_mask;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void build_options(void)
{
    uint8_t *o = answer_options;
    memcpy(o, (uint8_t[]) { 53, 1, 0 }, 3);                      /* message type, set for each answer */
    memcpy(o + 3, (uint8_t[]) { 54, 4 }, 2);                     /* server identifier */
    memcpy(o + 5, &server, 4);
    memcpy(o + 9, (uint8_t[]) { 51, 4, 0, 0, 0x0e, 0x10 }, 6);   /* 3600 seconds */
    memcpy(o + 15, (uint8_t[]) { 1, 4, 255, 0, 0, 0 }, 6);       /* subnet mask */
    memcpy(o + 21, (uint8_t[]) { 3, 4 }, 2);                     /* router */
    memcpy(o + 23, &server, 4);
    o[27] = 255;
}

/* The value of option 53, or 0. */
static int message_type(const uint8_t *o, const uint8_t *end)
{
    while (o + 2 < end && *o != 255) {
        if (*o == 0) o++;
        else if (*o == 53) return o[2];
        else o += 2 + o[1];
    }
    return 0;
}

static uint16_t ip_checksum(const void *header)
{
    uint16_t words[10];
    uint32_t sum = 0;
    memcpy(words, header, sizeof words);
    for (int i = 0; i < 10; i++) sum += words[i];
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~(sum + (sum >> 16));
}

/* Turns the query into its answer, in place. Returns the length to send, 0 for nothing. */
static size_t answer(uint8_t *octets, size_t length)
{
    struct frame *f = (struct frame *)octets;
    if (length < offsetof(struct frame, dhcp.options) || f->ip.ihl != 5 || f->dhcp.op != 1) return 0;
    if (f->dhcp.giaddr == 0 || f->dhcp.hlen != 6) return 0;

    int type = message_type(f->dhcp.options, octets + length);
    if (type != DISCOVER && type != REQUEST) return 0;

    uint32_t low = 0;
    for (int i = 2; i < 6; i++) low = low << 8 | f->dhcp.chaddr[i];

    f->dhcp.op = 2;
    f->dhcp.secs = 0;
    f->dhcp.hops = 0;
    f->dhcp.yiaddr = htonl(first_address + (low & address_mask));
    memcpy(f->dhcp.options, answer_options, sizeof answer_options);
    f->dhcp.options[2] = type == DISCOVER ? OFFER : ACK;

    uint8_t relay_link[ETH_ALEN];
    memcpy(relay_link, f->link.ether_shost, ETH_ALEN);
    memcpy(f->link.ether_shost, f->link.ether_dhost, ETH_ALEN);
    memcpy(f->link.ether_dhost, relay_link, ETH_ALEN);
    uint32_t relay = f->ip.saddr;
    f->ip.saddr = f->ip.daddr;
    f->ip.daddr = relay;
    f->ip.tot_len = htons(sizeof f->ip + sizeof f->udp + sizeof f->dhcp);
    f->ip.ttl = 64;
    f->ip.check = 0;
    f->ip.check = ip_checksum(&f->ip);
    f->udp.source = f->udp.dest = htons(SERVER_PORT);
    f->udp.len = htons(sizeof f->udp + sizeof f->dhcp);
    f->udp.check = 0;                                            /* none: allowed in IPv4 (RFC 768) */
    return sizeof *f;
}

/* Lets only UDP to port 67, unfragmented, through to the packet socket. */
static void attach_query_filter(int fd)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 8),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 23), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 6),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 20), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 4, 0),
        BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 14),
        BPF_STMT(BPF_LD | BPF_H | BPF_IND, 16), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SERVER_PORT, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, FRAME),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = { sizeof code / sizeof *code, code };
    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0) fail("filter");
}

/* Holds port 67, so that the kernel sends no "port unreachable", and takes nothing from it. */
static void hold_port(void)
{
    struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = { 1, &drop };
    struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(SERVER_PORT) };
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0) fail("port filter");
    if (bind(fd, (struct sockaddr *)&any, sizeof any) < 0) fail("port 67");
}

int main(int argc, char **argv)
{
    struct in_addr first;
    if (argc != 5 || inet_pton(AF_INET, argv[2], &server) != 1 || inet_pton(AF_INET, argv[3], &first) != 1) {
        fprintf(stderr, "usage: reflector INTERFACE SERVER-ADDRESS FIRST-ADDRESS BITS\n");
        return 2;
    }
    first_address = ntohl(first.s_addr);
    address_mask = (1u << atoi(argv[4])) - 1;
    build_options();
    hold_port();

    int fd = socket(AF_PACKET, SOCK_RAW, 0);
    if (fd < 0) fail("packet socket");
    attach_query_filter(fd);
    int size = RECEIVE_BUFFER, on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0) fail("receive buffer");
    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on);
    struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP),
                              .sll_ifindex = (int)if_nametoindex(argv[1]) };
    if (at.sll_ifindex == 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0) fail(argv[1]);

    static struct mmsghdr in[BATCH], out[BATCH];
    static struct iovec in_parts[BATCH], out_parts[BATCH];
    for (int i = 0; i < BATCH; i++) {
        in_parts[i] = (struct iovec) { buffers[i], FRAME };
        in[i].msg_hdr = (struct msghdr) { .msg_iov = &in_parts[i], .msg_iovlen = 1 };
        out[i].msg_hdr = (struct msghdr) { .msg_iov = &out_parts[i], .msg_iovlen = 1 };
    }

    puts("ready");
    fflush(stdout);
    for (;;) {
        int received = recvmmsg(fd, in, BATCH, MSG_WAITFORONE, NULL);
        if (received < 0 && errno != EINTR) fail("recvmmsg");
        int answers = 0;
        for (int i = 0; i < received; i++) {
            size_t length = answer(buffers[i], in[i].msg_len);
            if (length > 0) out_parts[answers++] = (struct iovec) { buffers[i], length };
        }
        for (int sent = 0; sent < answers;) {
            int n = sendmmsg(fd, out + sent, (unsigned)(answers - sent), 0);
            if (n < 0 && errno != EINTR && errno != ENOBUFS) fail("sendmmsg");
            if (n > 0) sent += n;
        }
    }
}
