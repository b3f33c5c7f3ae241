"""Everyday words that are also names of malware, tools, actors or parties: found in a text only where it shows that it
means the name. Counted once over 5,000 public reports and legal texts: names that occur there as common words."""

COMMON_WORDS = frozenset(
    """
    acres agenda anchor android at attrib audit autorun beacon calendar carbon catch chaos circles cleanup cmd
    colony compression copper crash credentials crisis cron curator dark decryptor defacement defender dll dns
    domains downloader emissary emond empire entropy evil expand exploits explosive firmware ftp gibberish
    glasses graphite green guard guerrilla hardware hook http hypervisor impersonation inter interception iodine
    javascript keychain keylogger keylogging keys launchctl launchd lead leverage lockscreen malvertising
    malware mask masquerading matrix max mechanical miner mmc net nickel oxygen page phishing photo ping play
    plus plutonium potassium powershell proton proxy python radiation ransom ransomware reg resident revive rock
    rogue rootkit route saga screencap screensaver scripting sea server serverless shutdown silence silver
    sodium software soldier source spawn specter sponsor ssh staff stealer steganography stop sugar swift
    systemd tool trap vbscript void vulnerabilities webshell windows wiper zlib phoenix whisper fantasy impact
    scout fox winter sky snow hammer shadow ghost turbine cleaver equation elephant careto fever hub hunter
    hydra industrial magic midnight mirage moon nomad orange patchwork platinum rancor rocket safe sandman
    scarlet stealth strider sowbug taurus thrip tick titan tropic viper wolf zeus boss bad black blue red white
    gold dragon tiger bear panda kitten spider typhoon blizzard sandstorm sleet tempest storm flood rain hail
    dust apollo group team gang hidden guardian media new old first second third general national global
    international state army navy force command center center agency bureau office report story post times daily
    world today monitor observer digital cyber security council union hossein mohammad ahmad ali reza amir
    hassan mehdi seyed javad mostafa igor dmitry sergey alexander ivan mikhail
    """.split()
)
