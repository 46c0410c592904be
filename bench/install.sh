# Sourced by the benchmarks: installs the Debian packages that they need, with their services kept from starting.

# install_missing NAME PATH PACKAGE [PATH PACKAGE ...]: installs the package of each path that does not exist.
install_missing() {
    local name=$1 missing=() policy=/usr/sbin/policy-rc.d
    shift
    while (($#)); do
        [[ -e $1 ]] || missing+=("$2")
        shift 2
    done
    ((${#missing[@]})) || return 0

    echo "$name: installing ${missing[*]} (their services are kept from starting)" >&2
    # policy-rc.d with status 101 keeps a package from starting its service; the machine's own is put back after.
    [[ ! -e $policy ]] || mv "$policy" "$policy.leasehold"
    trap 'rm -f /usr/sbin/policy-rc.d; [[ ! -e /usr/sbin/policy-rc.d.leasehold ]] || mv /usr/sbin/policy-rc.d.leasehold /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
        { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null; }
}
