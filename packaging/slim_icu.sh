#!/bin/bash
# Takes out of Qt's ICU data what the program asks ICU for nowhere: words for units, currencies, languages,
# regions and time zones, transliteration, spelt-out numbers, dictionaries of word breaking, and old
# character sets. Collation and the properties of characters stay. 32 MB become 8.
#
#   slim_icu.sh LIBRARY      a libicudata.so.NN, rewritten in place
set -euo pipefail
library=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
soname=$(basename "$library")
symbol=icudt${soname##*.}_dat
package=$folder/icudt${soname##*.}l.dat

objcopy --output-target=binary --only-section=.rodata "$library" "$package"
icupkg --list "$package" |
  grep -E '^(brkitr|curr|lang|rbnf|region|translit|unit|zone)/|\.cnv$' > "$folder/unused.txt"
icupkg --ignore-deps --remove "$folder/unused.txt" "$package"
cat > "$folder/data.s" <<ASSEMBLY
.section .rodata
.balign 16
.globl $symbol
.type $symbol, %object
$symbol:
.incbin "$package"
.size $symbol, . - $symbol
.section .note.GNU-stack, "", %progbits
ASSEMBLY
as --noexecstack -o "$folder/data.o" "$folder/data.s"
ld -shared -soname "$soname" -o "$library" "$folder/data.o"
