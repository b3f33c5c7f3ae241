"""Hosts that many people share: what a few of them do there says nothing of the host."""

from __future__ import annotations

from functools import cache

from publicsuffixlist import PublicSuffixList

# Where anybody may store, paste or publish under one host. After https://lots-project.com, a public list of trusted
# sites that attackers use.
SERVICES = frozenset(
    """1drv.ms aka.ms anonfiles.com archive.org bit.ly bitbucket.org catbox.moe cdn.discordapp.com discord.com
    discordapp.com dropbox.com dropboxusercontent.com facebook.com fb.com file.io filemail.com forms.gle ghostbin.com
    github.com githubusercontent.com gitlab.com gofile.io goo.gl google.com googleusercontent.com hastebin.com
    instagram.com linkedin.com mediafire.com mega.co.nz mega.io mega.nz microsoft.com notion.so office.com
    onedrive.live.com paste.ee pastebin.com pcloud.com reddit.com sendspace.com storage.googleapis.com t.co t.me
    telegram.org tinyurl.com transfer.sh trello.com twitter.com vk.com wetransfer.com weibo.com whatsapp.com
    wikipedia.org x.com yandex.com yandex.ru youtube.com zippyshare.com""".split()
)
# Where each user has a name of its own below, beyond those that the Public Suffix List has (ddns.net, github.io).
PARENTS = frozenset(
    "000webhostapp.com box.com duia.eu duia.ro freesite.vip glitch.me sharepoint.com slack.com softether.net".split()
)
# Where anybody may have a mailbox.
MAIL = frozenset(
    """126.com 139.com 163.com 189.cn aliyun.com aol.com bk.ru chmail.ir fastmail.com foxmail.com gmail.com gmx.com
    gmx.de gmx.net googlemail.com hanmail.net hotmail.com hushmail.com icloud.com inbox.ru list.ru live.cn live.com
    mac.com mail.com mail.ru mail.ua me.com msn.com naver.com outlook.com proton.me protonmail.ch protonmail.com qq.com
    rambler.ru rediffmail.com rocketmail.com sina.cn sina.com sogou.com sohu.com tom.com tuta.io tutanota.com ukr.net
    vip.163.com vip.qq.com vip.sina.com web.de ya.ru yahoo.co.in yahoo.co.uk yahoo.com yahoo.com.cn yahoo.de yahoo.fr
    yandex.com yandex.ru yeah.net ymail.com zoho.com""".split()
)


def is_service(host: str) -> bool:
    """Whether a host is, or lies under, one where anybody may publish."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in SERVICES for at in range(len(labels) - 1))


def is_suffix(host: str) -> bool:
    """Whether anybody may have a name below a host: ``com.cn``, ``ddns.net``."""
    return host in PARENTS or bool(_suffixes().is_public(host))


def is_registrable(host: str) -> bool:
    """Whether a host is a name that somebody registered, not one below it."""
    return bool(_suffixes().privatesuffix(host) == host)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
