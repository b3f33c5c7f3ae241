"""How strong a way of signing in is: by whether a phisher, who stands between the user and the service, can relay it.

Phishing-resistant is what binds the proof to the service: FIDO2 and passkeys, Windows Hello for Business, platform
credentials, certificates and smart cards (NIST SP 800-63B-4, 3.2.5; CISA, Implementing Phishing-Resistant MFA;
Microsoft Entra, authentication strengths). A number to match stops tired users from approving, not a relay (CISA,
Implementing Number Matching in MFA Applications). A telephone is a restricted authenticator (NIST, 3.1.3.3 and 3.2.9);
e-mail shall not be used to sign in (NIST, 3.1.3.1), it and questions serve resets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from tocsin.model import Evidence


class Strength(IntEnum):
    """From the weakest to the strongest; ``RESET`` is no way of signing in, ``UNKNOWN`` a word that we do not know."""

    UNKNOWN = -2
    RESET = -1
    PASSWORD = 0
    WEAK = 1
    PHISHABLE = 2
    RESISTANT = 3


SAYS = {
    Strength.PASSWORD: "a password alone, and no second factor",
    Strength.WEAK: "a telephone, or a push message without a number to match",
    Strength.PHISHABLE: "a one-time code or a push message with a number to match, which a phisher can relay",
    Strength.RESISTANT: "phishing-resistant",
}

_NIST = Evidence(
    source="NIST SP 800-63B-4",
    publisher="NIST",
    date="2025-07",
    url="https://pages.nist.gov/800-63-4/sp800-63b.html",
    says="phishing resistance, restricted authenticators, and what shall not be used",
)
_CISA = Evidence(
    source="Implementing Phishing-Resistant MFA",
    publisher="CISA",
    date="2022-10",
    url="https://www.cisa.gov/sites/default/files/publications/fact-sheet-implementing-phishing-resistant-mfa-508c.pdf",
    says="FIDO and certificates resist phishing; codes, push messages and telephones do not",
)
_MICROSOFT = Evidence(
    source="Authentication strengths",
    publisher="Microsoft",
    url="https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths",
    says="which methods satisfy the phishing-resistant strength",
)
SOURCES = (_NIST, _CISA, _MICROSOFT)

# Names as Entra, other directories and people write them; compared without case, spaces and signs. Those of Entra:
# https://learn.microsoft.com/en-us/graph/api/resources/userregistrationdetails and .../usageauthmethod.
_NAMES: dict[Strength, str] = {
    Strength.RESISTANT: """
        fido fido2 fido2key fido2securitykey fidokey securitykey hardwaresecuritykey webauthn u2f
        passkey passkeys passkeyfido2 passkeydevicebound passkeydeviceboundauthenticator passkeydeviceboundwindowshello
        passkeysynced windowshello windowshelloforbusiness hello helloforbusiness whfb
        platformcredential macossecureenclavekey certificate certificates cba certificatebasedauthentication
        clientcertificate x509 x509certificate x509certificatemultifactor smartcard piv cac pki
        sicherheitsschlüssel zertifikat chipkarte clédesécurité certificat carteàpuce""",
    Strength.PHISHABLE: """
        numbermatching numbermatch pushnumbermatching pushwithnumbermatching pushnumber verifiedpush duoverifiedpush
        microsoftauthenticator microsoftauthenticatorpush microsoftauthenticatorpasswordless phonesignin
        totp hotp otp oath oathtoken softwareoath softwareonetimepasscode softtoken softwaretoken
        hardwareoath hardwareonetimepasscode hardwaretoken hardtoken onetimepasscode authenticator authenticatorapp
        appcode googleauthenticator rsasecurid securid fortitoken
        temporaryaccesspass temporaryaccesspassonetime temporaryaccesspassmultiuse tap""",
    Strength.WEAK: """
        sms smsotp mobilesms textmessage mobilephone alternatemobilephone officephone phone telephone telefon
        voice voicecall call phonecall mobilecall alternatemobilecall mobileappcall
        push pushnotification appnotification mobileapppush devicebasedpush duopush pushwithoutnumbermatching""",
    Strength.PASSWORD: """
        password passwords passwordonly passwort kennwort motdepasse apppassword none no nomfa notregistered
        keine kein aucun aucune""",
    Strength.RESET: """
        email alternateemail emailotp securityquestion securityquestions""",
}
METHODS: dict[str, Strength] = {name: strength for strength, names in _NAMES.items() for name in names.split()}
_PARTED = re.compile(r"[;,|+\n]")
PUSH = frozenset("push pushnotification appnotification mobileapppush devicebasedpush duopush".split())


class SignIn(NamedTuple):
    """How an account may sign in: the weakest way that is allowed, its words, and words that are not known."""

    weakest: Strength
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def sign_in(cell: str) -> SignIn | None:
    """Read a cell of methods; None where it is empty. O(length).

    A password beside other methods is the first factor and does not count; alone it does. What only serves resets does
    not count either, so that e-mail alone is a password alone. The weakest of the rest counts; where all that is known
    is strong, but a word is not known, the answer is ``UNKNOWN``.
    """
    words = [word for part in _PARTED.split(cell) if (word := part.strip())]
    if not words:
        return None
    strengths = {word: METHODS.get(plain(word), Strength.UNKNOWN) for word in words}
    unknown = tuple(word for word, strength in strengths.items() if strength is Strength.UNKNOWN)
    counted = {word: one for word, one in strengths.items() if one > Strength.PASSWORD}
    if not counted:
        return SignIn(Strength.UNKNOWN if unknown else Strength.PASSWORD, tuple(words), unknown)
    weakest = min(counted.values())
    if unknown and weakest is Strength.RESISTANT:
        return SignIn(Strength.UNKNOWN, unknown, unknown)
    return SignIn(weakest, tuple(word for word, one in counted.items() if one is weakest), unknown)


def techniques(words: Iterable[str], weakest: Strength) -> tuple[str, ...]:
    """How ATT&CK calls the attack on these methods: guessing, intercepting the second factor, or tiring the user."""
    if weakest is Strength.PASSWORD:
        return ("T1110",)
    if any(plain(word) in PUSH for word in words):
        return ("T1621",)
    return ("T1111",) if weakest in (Strength.WEAK, Strength.PHISHABLE) else ()


def plain(word: str) -> str:
    """A word without case, spaces and signs."""
    return "".join(char for char in word.casefold() if char.isalnum())
