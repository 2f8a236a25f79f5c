# Sourced by the other scripts: makes the virtual environment in .venv, once, and says what it does.
# Made anew where pyproject.toml or constraints.txt has changed since.

fail() {
    echo "Error: $*" >&2
    exit 1
}

find_python() {
    local candidate
    for candidate in python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Install it, then run this again."
}

make_environment() {
    local stamp wanted python log
    stamp=.venv/.made-from
    wanted=$(cat pyproject.toml constraints.txt scripts/environment.sh | cksum)
    if [ -x .venv/bin/bicorpus ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        echo "The environment in .venv is ready."
        return
    fi
    python=$(find_python) || exit 1
    echo "Making the environment in .venv (some 1.5 GB, a few minutes) ..."
    # A half-made or outdated environment is made anew: an update could leave old packages behind.
    rm -rf .venv
    "$python" -m venv .venv || fail "\"$python -m venv\" failed. On Debian: apt install python3-venv."
    log=.venv/install.log
    if ! .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        -c constraints.txt -e '.[dev]' >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail "The packages could not be installed (the whole log: $log). Check the network" \
            "and the free disk space, then run this again."
    fi
    echo "$wanted" >"$stamp"
    echo "The environment is ready."
}
