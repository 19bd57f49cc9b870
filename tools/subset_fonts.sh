#!/bin/sh
# Makes the fonts of taizhang/papers/fonts from Noto CJK: GB 2312, its punctuation, and every character of our own texts.
# Needs fonttools (pip install fonttools) and Debian's fonts-noto-cjk with fonts-noto-cjk-extra.
set -eu
cd "$(dirname "$0")/.."
python3 - > /tmp/characters.txt <<'PY'
import pathlib
found = {chr(c) for c in range(0x20, 0x7F)} | set("—…‘’“”·•×÷±≤≥①②③④⑤⑥⑦⑧⑨⑩√○●□■☑☒△▲★☆※→←↑↓〔〕【】《》「」℃‰㎡￥＊")
for high in range(0xA1, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            found.add(bytes((high, low)).decode("gb2312"))
        except UnicodeDecodeError:
            pass
for path in pathlib.Path("taizhang").rglob("*"):
    if path.suffix in (".py", ".yaml", ".typ", ".html"):
        found |= set(path.read_text("utf-8"))
print("".join(sorted(c for c in found if ord(c) >= 0x20)))
PY
source=/usr/share/fonts/opentype/noto
subset() { # file, number in it, name of the result
  ${FONTTOOLS:-pyftsubset} "$source/$1" --font-number="$2" --text-file=/tmp/characters.txt --layout-features='' \
    --no-hinting --desubroutinize --output-file="taizhang/papers/fonts/$3"
}
subset NotoSerifCJK-Regular.ttc 2 TaizhangSerif-Regular.otf
subset NotoSansCJK-Bold.ttc 2 TaizhangSans-Bold.otf
