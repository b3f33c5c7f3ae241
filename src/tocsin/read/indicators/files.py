"""Endings of file names, those that are top-level domains too, and product names that look like either."""

from __future__ import annotations

from tocsin.read.extract.blocks import words

# No entry here is a top-level domain.
FILE_ENDINGS = words(
    "exe dll sys drv scr cpl ocx msi msp msu mui efi bat cmd vbs vbe js jse wsf wsh hta ps1 psm1 psd1 psc1 lnk inf reg "
    "jar war ear class dex apk ipa deb rpm dmg pkg iso img vhd vhdx bin elf ko sct xsl xslt chm hlp "
    "txt log csv tsv json jsonl xml yaml yml toml ini cfg conf config dat db sqlite mdb accdb ldf mdf bak old tmp temp "
    "doc docx docm dot dotx dotm rtf odt xls xlsx xlsm xlsb xlt xltm xlam xll ppt pptx pptm ppam pps ppsx pub one "
    "onepkg pdf "
    "html htm mht mhtml xhtml php php5 phtml asp aspx ashx asmx ascx jsp jspx jspf cgi css scss ts tsx vue wasm "
    "7z rar gz tgz bz2 xz zst cab tar ace arj lzh lz4 z "
    "png jpg jpeg gif bmp ico webp svg tif tiff mp3 mp4 avi wav mkv "
    "eml msg pst ost ics vcf pem crt cer der key pfx p12 csr kdbx ovpn rdp vmdk vmem dmp mdmp evtx evt etl pcap "
    "pcapng yar yara "
    "h hpp c cpp cxx cs vb asm lua rb go swift kt scala sql r pyc pyd pyw so dylib dtd xsd lock plist service timer "
    "socket"
) - words("cab pub")
FILE_OR_DOMAIN = words("py sh pl rs md zip mov next ps so app cab pub cc ai java rip tar sc pm mk ml la ms vi st crx")
PRODUCTS = words(
    "node.js vue.js next.js react.js angular.js express.js three.js d3.js ember.js backbone.js nuxt.js electron.js "
    "asp.net vb.net ado.net ml.net system.net paint.net c#.net socket.io"
)
