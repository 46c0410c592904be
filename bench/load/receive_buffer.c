/*
 * Preloaded into perfdhcp: gives every UDP socket that it binds a larger receive buffer (LOAD_RECEIVE_BUFFER octets).
 *
 * perfdhcp keeps the kernel's default of some 200 KiB. A server that answers in batches fills that while perfdhcp is
 * busy sending, and the answers that are lost there would be counted as the server's.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    const char *octets = getenv("LOAD_RECEIVE_BUFFER");
    int size = octets ? atoi(octets) : 0;
    int is_udp = address->sa_family == AF_INET || address->sa_family == AF_INET6;
    if (size > 0 && is_udp) setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    return next(fd, address, length);
}
