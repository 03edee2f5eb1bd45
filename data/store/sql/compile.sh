#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: compile.sh GLIB_COMPILE_RESOURCES STORE_DIR OUTPUT.c
# Packs every statement and migration that stands in the folder. The output
# is only touched when something changed, so that nothing is rebuilt in vain.
set -eu
tool=$1 store=$2 source=$3
xml=$source.gresource.xml
{
  echo '<?xml version="1.0" encoding="UTF-8"?>'
  echo '<gresources><gresource prefix="/org/quarterdeck/store">'
  (cd "$store" && for file in migrations/*.sql sql/*.sql; do echo "<file>$file</file>"; done)
  echo '</gresource></gresources>'
} > "$xml"
"$tool" "$xml" --sourcedir="$store" --manual-register --internal --c-name=qd_store_sql --generate-source \
  --target="$source.new"
if cmp -s "$source.new" "$source"; then rm "$source.new"; else mv "$source.new" "$source"; fi
