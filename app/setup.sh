# What app/run and tests/run share: packages, configuration, build.
# Read with "." by a script that has set `top` to the top of the tree.

build=${QD_BUILD_DIR:-$top/_build}

say ()
{
  printf '%s\n' "$*" >&2
}

# Names of the packages of the given sections of app/packages that are missing.
missing_packages ()
{
  local section='' line names name found
  while read -r line; do
    case $line in
      '' | '#'*) continue ;;
      '['*) section=${line//[\[\]]/}; continue ;;
    esac
    [[ " $* " == *" $section "* ]] || continue
    names=$(sed -E 's/^([^ ]+( \| [^ ]+)*) .*/\1/; s/\|//g' <<<"$line")
    found=
    for name in $names; do
      if [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]]; then
        found=$name
      fi
    done
    [[ -n $found ]] || printf '%s\n' "$names"
  done <"$top/app/packages"
}

# Of each line of alternatives the first that apt knows.
choose_packages ()
{
  local names name chosen
  while read -r names; do
    chosen=
    for name in $names; do
      if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
        chosen=$name
        break
      fi
    done
    printf '%s\n' "${chosen:-${names%% *}}"
  done
}

# Installs what the sections need, or says what is needed and stops.
need_packages ()
{
  local missing chosen as_root=()
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian or Ubuntu: install what stands for the packages of app/packages ($*) yourself."
    return 0
  fi
  missing=$(missing_packages "$@")
  [[ -n $missing ]] || return 0

  if [[ $(id -u) != 0 ]]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      chosen=$(choose_packages <<<"$missing" | tr '\n' ' ')
      say "These packages are missing, and installing them takes an administrator:"
      say "  ${chosen% }"
      say "Install them, then run this again:"
      say "  sudo apt-get install --no-install-recommends ${chosen% }"
      return 1
    fi
  fi

  say "Installing packages…"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 ||
    say "The package lists could not be renewed; going on with those at hand."
  chosen=$(choose_packages <<<"$missing" | tr '\n' ' ')
  say "  ${chosen% }"
  # shellcheck disable=SC2086
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $chosen >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "Installing failed; see above. The command was:"
    say "  apt-get install --no-install-recommends ${chosen% }"
    return 1
  fi
}

# configure DIRECTORY [MESON OPTION…]: once; meson itself looks after changes.
configure ()
{
  local dir=$1
  shift
  if [[ ! -f $dir/build.ninja ]]; then
    say "Configuring…"
    # Left half made by an interrupted run, a directory would be refused.
    if [[ -f $dir/meson-private/coredata.dat ]]; then
      set -- --wipe "$@"
    fi
    if ! meson setup "$@" "$dir" "$top" >"$log" 2>&1; then
      tail -n 20 "$log" >&2
      say "Configuring failed; see above and $dir/meson-logs/meson-log.txt."
      return 1
    fi
  fi
}

build_in ()
{
  if ! ninja -C "$1" >"$log" 2>&1; then
    grep -E 'error|FAILED|undefined reference|ninja:' "$log" | head -n 40 >&2
    say "Building failed; see above."
    return 1
  fi
}

log=$(mktemp)
trap 'rm -f "$log" "$log.supp"' EXIT
