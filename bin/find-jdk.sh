# Finds a JDK of at least version 25. Sourced by ./mvnw and ./tombolo; POSIX sh, starts no JVM.
#
#   . "$home/bin/find-jdk.sh"
#   find_jdk || exit 69          # sets TOMBOLO_JDK to the JDK's directory, or says on stderr where it looked
#
# Order: TOMBOLO_JAVA_HOME (if set, it must fit), JAVA_HOME, javac on PATH, /usr/lib/jvm/*, /opt/*,
# ~/.sdkman/candidates/java/*, ~/.jdks/*, macOS's places. The version is read from the JDK's `release` file.
# Where nothing is to be built (TOMBOLO_NO_BUILD), as in a container, a runtime without a compiler will do.
# Tests set TOMBOLO_JDK_ROOT to a directory that stands for / in these places.

TOMBOLO_JDK_MIN=25

# Prints the feature version (8, 17, 25, …) of the Java in directory $1; nothing if it has no readable `release` file.
jdk_feature() {
    [ -r "$1/release" ] || return 0
    while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
        case $jdk_line in
            JAVA_VERSION=*)
                jdk_version=${jdk_line#JAVA_VERSION=}
                jdk_version=${jdk_version#\"}
                jdk_version=${jdk_version#1.}
                jdk_version=${jdk_version%%[!0-9]*}
                printf '%s' "$jdk_version"
                return 0
                ;;
        esac
    done <"$1/release"
}

# Takes directory $1, found by way of $2, if it is a JDK that is new enough; else notes why not.
jdk_try() {
    [ -d "$1" ] || { jdk_note "$2: $1 does not exist"; return 1; }
    jdk_found=$(jdk_feature "$1")
    if [ -z "$jdk_found" ]; then
        jdk_note "$2: $1 has no 'release' file with a Java version"
    elif [ "$jdk_found" -lt "$TOMBOLO_JDK_MIN" ]; then
        jdk_note "$2: $1 is Java $jdk_found"
    elif [ ! -x "$1/bin/javac" ] && [ -z "${TOMBOLO_NO_BUILD:-}" ]; then
        jdk_note "$2: $1 is Java $jdk_found without a compiler (a JRE)"
    else
        TOMBOLO_JDK=$(CDPATH= cd -- "$1" && pwd)
        return
    fi
    return 1
}

jdk_note() {
    jdk_looked="$jdk_looked
  $1"
}

# Tries every directory after the name of the place $1; notes the place if nothing is there.
jdk_try_all() {
    jdk_place=$1
    shift
    jdk_any=
    for jdk_dir; do
        [ -r "$jdk_dir/release" ] || continue
        jdk_any=yes
        jdk_try "$jdk_dir" "$jdk_place" && return 0
    done
    [ -n "$jdk_any" ] || jdk_note "$jdk_place: no JDK there"
    return 1
}

find_jdk() {
    jdk_looked=
    jdk_root=${TOMBOLO_JDK_ROOT:-}
    if [ -n "${TOMBOLO_JAVA_HOME:-}" ]; then
        jdk_try "$TOMBOLO_JAVA_HOME" TOMBOLO_JAVA_HOME && return 0
        printf 'TOMBOLO_JAVA_HOME does not fit: Tombolo needs a JDK of version %s or newer.%s\n' \
            "$TOMBOLO_JDK_MIN" "$jdk_looked" >&2
        printf 'Set it to the directory of such a JDK, or unset it to have the usual places searched.\n' >&2
        return 1
    fi
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk_try "$JAVA_HOME" JAVA_HOME && return 0
    else
        jdk_note 'JAVA_HOME: not set'
    fi
    if jdk_javac=$(command -v javac 2>/dev/null) && [ -n "$jdk_javac" ]; then
        jdk_javac=$(readlink -f "$jdk_javac" 2>/dev/null || printf '%s' "$jdk_javac")
        jdk_try "${jdk_javac%/bin/javac}" 'javac on PATH' && return 0
    else
        jdk_note 'javac on PATH: none'
    fi
    jdk_try_all '/usr/lib/jvm/*' "$jdk_root"/usr/lib/jvm/* && return 0
    jdk_try_all '/opt/*' "$jdk_root"/opt/* && return 0
    if [ -n "${HOME:-}" ]; then
        jdk_try_all '~/.sdkman/candidates/java/*' "$HOME"/.sdkman/candidates/java/* && return 0
        jdk_try_all '~/.jdks/*' "$HOME"/.jdks/* && return 0
    fi
    if [ -d "$jdk_root/Library/Java" ]; then
        jdk_try_all '/Library/Java/JavaVirtualMachines/*' "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home && return 0
        jdk_try_all '~/Library/Java/JavaVirtualMachines/*' \
            "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home && return 0
        jdk_try_all 'Homebrew' "$jdk_root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            "$jdk_root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return 0
    fi
    printf 'No JDK of version %s or newer found. Looked at:%s\n' "$TOMBOLO_JDK_MIN" "$jdk_looked" >&2
    printf 'Install one there (for example Temurin %s), or set TOMBOLO_JAVA_HOME to its directory.\n' \
        "$TOMBOLO_JDK_MIN" >&2
    return 1
}
