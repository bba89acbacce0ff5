"""The networks a provider calls from, for those who sign nothing or too little: an operator writes them into a setting,
separated by blanks."""

from __future__ import annotations

import ipaddress


class Networks:
    """``203.0.113.0/24 198.51.100.7``; none at all admits everyone. Raises ``ValueError`` for what is no network."""

    def __init__(self, written: str) -> None:
        self._networks = [ipaddress.ip_network(one) for one in written.split()]

    def admit(self, remote_address: str) -> bool:
        """Whether the caller is in one of them. An IPv4 caller on an IPv6 socket counts as what it is."""
        if not self._networks:
            return True
        try:
            address = ipaddress.ip_address(remote_address)
        except ValueError:
            return False
        plain = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        return any((plain or address) in network for network in self._networks)
