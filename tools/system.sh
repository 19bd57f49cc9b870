#!/bin/sh
# What tests need from Debian: a browser, Chinese fonts, PostgreSQL, LibreOffice and poppler to print papers, Java for Spark. Says what it had to leave out; in CI nothing may be.
set -eu
missing=""
# The browser without windows is smaller and takes less of the processor; where Debian has none, the whole one does.
[ -x "${TAIZHANG_CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || [ -x "${TAIZHANG_CHROMIUM:-/usr/bin/chromium}" ] || missing="$missing chromium-headless-shell"
fc-list 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fonts-noto-cjk fontconfig"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v soffice >/dev/null && ls /usr/lib/libreoffice/program/libswlo.so /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v java >/dev/null || missing="$missing default-jre-headless"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=$(echo "$missing" | sed s/chromium-headless-shell/chromium/)
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "没有安装：$missing；相应的测试会跳过。安装方法：sudo apt-get install$missing" >&2
  [ -z "${CI:-}" ]
fi
