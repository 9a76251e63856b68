#!/bin/sh
# Sets up what reportgen needs; the Makefile calls it. Every step looks first and does only what is missing.
#
#   tools/setup.sh run           .venv with the package, and the system libraries that make PDF
#   tools/setup.sh develop       what the quality gates need, into the same .venv
#   tools/setup.sh validators    independent programs that open the finished documents in tests
#   tools/setup.sh bench         what reportgen is measured against, into an environment of its own
#
# Exit 1 with one line of advice when something needed cannot be had. Validators are wished for, not
# needed: without them it says so and exits 0, and the tests that want them say so too.
set -eu
cd "$(dirname "$0")/.."

PYTHONS="python3.13 python3.12 python3.11 python3"
# Liberation and DejaVu are the faces of the houses: with others, lines would break elsewhere.
LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core"

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
has_command() { command -v "$1" >/dev/null 2>&1; }
has_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
on_debian() { has_command dpkg-query && has_command apt-get; }

# Installs Debian packages if this user may; returns 1 if not.
install_packages() {
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif has_command sudo && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    say "Installing $* ..."
    $as_root apt-get update -qq >/dev/null &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Those of the given packages that are missing.
missing_packages() {
    for package in "$@"; do
        has_package "$package" || printf '%s ' "$package"
    done
}

find_python() {
    for python in $PYTHONS; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    give_up "reportgen needs Python 3.11 or newer, and there is none here. Ask your administrator for: Python 3.11 or newer, with venv"
}

set_up_run() {
    python=$(find_python)
    needed=""
    if on_debian; then
        needed=$(missing_packages $LIBRARIES)
    else
        say "This is not Debian: reportgen needs Pango 1.44 or newer, HarfBuzz and the faces Liberation and DejaVu; install them if PDF fails."
    fi
    # Debian keeps what makes a .venv in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        needed="$needed$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        on_debian || give_up "This Python cannot make a .venv. Ask your administrator for: $needed"
    fi
    if [ -n "$needed" ]; then
        install_packages $needed || give_up "Ask your administrator for: apt-get install $needed"
    fi
    say "Setting up .venv with $("$python" --version) ..."
    "$python" -m venv .venv
    install_python --editable .
}

install_python() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$@"
}

set_up_develop() {
    say "Adding what the tests need to .venv ..."
    install_python --editable ".[dev,cluster]"
}

# command:package for each program that the tests of finished documents call
PROGRAMS="soffice:libreoffice-writer-nogui pdftotext:poppler-utils qpdf:qpdf faketime:faketime node:nodejs npm:npm java:default-jre-headless mvn:maven chromium:chromium"

set_up_validators() {
    needed=""
    for program in $PROGRAMS; do
        has_command "${program%%:*}" || needed="$needed ${program##*:}"
    done
    if [ -n "$needed" ] && ! { on_debian && install_packages $needed; }; then
        notice "without these, some finished documents cannot be checked. Ask your administrator for: apt-get install$needed"
        return
    fi
    say "Fetching the validators of Word, PDF and HTML files ..."
    if fetch_ooxml_validator && fetch_page_checks && fetch_verapdf; then
        touch .tools/ready
    else
        notice "a validator could not be fetched, so some finished documents cannot be checked. Run 'make test' again when the network is back"
    fi
}

# The peers have their own environment: what they need must not decide what we get.
set_up_bench() {
    has_command soffice || { on_debian && install_packages libreoffice-writer-nogui; } ||
        give_up "reportgen is measured against LibreOffice. Ask your administrator for: apt-get install libreoffice-writer-nogui"
    say "Fetching what reportgen is measured against ..."
    .venv/bin/python -m venv .tools/bench
    .tools/bench/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt ||
        give_up "What reportgen is measured against could not be fetched. Run 'make bench' again when the network is back"
}

notice() {
    say "==== NOTICE: $*"
}

fetch_ooxml_validator() {
    mkdir -p .tools/ooxml-validator &&
        cp tools/ooxml-validator/*.json .tools/ooxml-validator/ &&
        # Not `npm ci`: it wants every platform's program in the lock, and each machine needs only its own.
        (cd .tools/ooxml-validator && npm install --no-save --no-audit --no-fund --loglevel=error) >/dev/null
}

fetch_page_checks() {
    mkdir -p .tools/page-checks &&
        cp tools/page-checks/*.json .tools/page-checks/ &&
        # Without its script, which fetches a Java: there is one already.
        (cd .tools/page-checks && npm install --ignore-scripts --no-save --no-audit --no-fund --loglevel=error) >/dev/null
}

fetch_verapdf() {
    mvn --quiet --batch-mode --file tools/verapdf/pom.xml dependency:copy-dependencies -DoutputDirectory="$PWD/.tools/verapdf" >&2
}

case "${1:-}" in
    run) set_up_run ;;
    develop) set_up_develop ;;
    validators) set_up_validators ;;
    bench) set_up_bench ;;
    *) give_up "usage: tools/setup.sh run | develop | validators | bench" ;;
esac
