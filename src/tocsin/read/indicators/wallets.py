"""Wallet addresses. Bitcoin, Litecoin and Tron carry a checksum that is cheap to check; Ethereum and Monero are known
by form alone, since their checksum needs Keccak, which Python does not have."""

from __future__ import annotations

import hashlib
import re

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE58 = {char: value for value, char in enumerate(_BASE58)}
_LEGACY = re.compile(r"[13LMT][1-9A-HJ-NP-Za-km-z]{25,34}")
_VERSIONS = {0: "bitcoin", 5: "bitcoin", 48: "litecoin", 50: "litecoin", 65: "tron"}
_SEGWIT = re.compile(r"(?:bc1|ltc1)[02-9ac-hj-np-z]{11,71}", re.IGNORECASE)
_BECH32 = {char: value for value, char in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)  # BIP 173
_BECH32_ENDS = (1, 0x2BC830A3)  # BIP 173 and BIP 350
_ETHEREUM = re.compile(r"0x[0-9a-fA-F]{40}")
_MONERO = re.compile(r"[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?")


def is_wallet(token: str) -> bool:
    """Whether a run of letters and digits is a wallet address. Case carries meaning in most, so none is changed."""
    first = token[0]
    if first == "0":
        return len(token) == 42 and bool(_ETHEREUM.fullmatch(token)) and _mixed(token)
    if first in "13LMT" and len(token) <= 35:
        return bool(_LEGACY.fullmatch(token)) and _base58_ok(token)
    if first in "bBlL":
        return bool(_SEGWIT.fullmatch(token)) and _bech32_ok(token)
    return first in "48" and bool(_MONERO.fullmatch(token)) and _mixed(token)


def _base58_ok(address: str) -> bool:
    number = 0
    for char in address:
        number = number * 58 + _VALUE58[char]
    if number.bit_length() > 200:
        return False
    raw = number.to_bytes(25, "big")
    check = hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4]
    return raw[0] in _VERSIONS and check == raw[21:]


def _bech32_ok(address: str) -> bool:
    if address not in (address.lower(), address.upper()):
        return False
    prefix, _, data = address.lower().partition("1")
    checksum = 1
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    for value in values + [_BECH32[char] for char in data]:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            checksum ^= generator if top >> bit & 1 else 0
    return checksum in _BECH32_ENDS


def _mixed(address: str) -> bool:
    """An address has letters and digits in no order; a row of one digit is a placeholder."""
    return len(set(address[2:])) > 6
