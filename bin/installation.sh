# The copy of the built programs that is run, with what their JVMs learned in a rehearsal. Sourced by ./tombolo; POSIX sh.
#
# A build may replace its output at any time; a program that runs goes on from its copy. There is one copy for each build,
# target/programs/<number>, laid out as the checkout; those that nothing runs from are removed when a new one is made.
# Needs from the launcher: home, programs, build_dir, say, attend, TOMBOLO_JDK.

# Sets `installation` to the directory of this build with this JDK; 0 if it is complete.
is_installed() {
    for program in $programs; do set -- "$@" "$home/$program/target/app.stamp"; done
    installation=$(cat "$@" "$TOMBOLO_JDK/release" 2>/dev/null | cksum)
    installation=$home/target/programs/${installation%% *}
    [ -e "$installation/complete" ]
}

# Becomes the command line, run from `installation`, with one more flag for its JVM.
command_line() {
    learned=$1
    shift
    exec "$TOMBOLO_JDK/bin/java" \
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xss512k \
        -Xlog:disable -Xlog:all=error:stderr "$learned" \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        "-Dtombolo.installation=$installation" "-Dtombolo.java=$TOMBOLO_JDK/bin/java" \
        -cp "$installation/cli/target/app/lib/*" io.tombolo.cli.Tombolo "$@"
}

# Makes the copy. Call with the lock held.
install() {
    # Another launcher may have done it while this one waited for the lock.
    ! is_installed || return 0
    rm -rf "$home"/target/programs/new "$installation"
    for program in $programs; do
        case $program in
            cli | kafka) output=app ;;
            *) output=quarkus-app ;;
        esac
        mkdir -p "$home/target/programs/new/$program/target"
        cp -R "$home/$program/target/$output" "$home/target/programs/new/$program/target/$output" || exit 70
    done
    : >"$home/target/programs/new/complete"
    mv "$home/target/programs/new" "$installation" || exit 70
    remove_old_installations
}

# Lets every program work for a moment, so that what its JVM learns is there at the next start. Call with the lock held.
rehearse() {
    [ ! -e "$installation/rehearsed" ] || return 0
    rehearsal_log=$build_dir/rehearsal.log
    say "letting the programs work for a moment, so that they start faster from now on (log: $rehearsal_log)"
    if attend "$rehearsal_log" run_rehearsal show_seconds; then
        say "done in $(($(date +%s) - began)) s"
    else
        say "that failed, see $rehearsal_log: they start slower, and work as well"
    fi
    # Not tried again if it failed: nobody should have to wait for that at every start.
    : >"$installation/rehearsed"
    rm -rf "$installation/rehearsal"
}

run_rehearsal() {
    command_line "-XX:AOTCacheOutput=$installation/cli/target/program.aot" rehearse --state-dir "$installation/rehearsal"
}

show_seconds() {
    [ ! -t 2 ] || printf '\r\033[K  %3d s' $(($(date +%s) - $1)) >&2
}

# Removes copies that nothing runs from any more.
remove_old_installations() {
    running=$(ps -A -ww -o args 2>/dev/null) || return 0
    for old in "$home"/target/programs/*; do
        case $running in *"$old/"*) continue ;; esac
        [ "$old" = "$installation" ] || rm -rf "$old"
    done
}
