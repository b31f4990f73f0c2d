"""Where a request comes from: the peer, or what a trusted proxy says about it."""

from ipaddress import ip_address

from lib import settings


def client(peer: str | None, forwarded_for: str | None) -> str:
    """The client's address: the last one in X-Forwarded-For that is no trusted proxy's, if the peer is one."""
    address = peer or "unknown"
    for hop in reversed((forwarded_for or "").split(",")):
        if not hop.strip() or not is_trusted(address):
            break
        address = hop.strip()
    return address


def over_tls(scheme: str, peer: str | None, forwarded_proto: str | None) -> bool:
    """Whether the browser speaks TLS, as far as we or a trusted proxy see; or the settings say so."""
    if scheme in ("https", "wss") or settings.load().secure_cookie == "always":
        return True
    return forwarded_proto == "https" and is_trusted(peer)


def is_trusted(address: str | None) -> bool:
    """Whether DESK_TRUSTED_PROXIES names this address."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return False
    return any(parsed in network for network in settings.load().proxies)
