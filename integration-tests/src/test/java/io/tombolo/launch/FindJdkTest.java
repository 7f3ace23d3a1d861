package io.tombolo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/find-jdk.sh} on made-up machines. Their JDKs are a release file and two programs that must never run. */
class FindJdkTest {
    @TempDir
    Path scratch;

    private Shell shell;

    @BeforeEach
    void noJdkAnywhere() throws IOException {
        shell = new Shell(scratch);
    }

    @Test
    void jdkInAPathWithASpaceIsFound() throws Exception {
        Path jdk = jdk("machine/opt/my jdk 25", "25.0.3");
        assertThat(found()).isEqualTo(jdk.toString());
    }

    @Test
    void onlyTooOldOnesAreAnErrorThatListsThePlaces() throws Exception {
        // Given
        jdk("machine/usr/lib/jvm/java-17", "17.0.15");
        jdk("home/.jdks/corretto-8", "1.8.0_402");
        // When
        var outcome = find();
        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors())
                .contains("25 or newer")
                .contains("JAVA_HOME", "javac on PATH", "/usr/lib/jvm/*", "/opt/*", "~/.sdkman/candidates/java/*")
                .containsPattern("java-17 is Java 17\\b")
                .containsPattern("corretto-8 is Java 8\\b")
                .contains("set TOMBOLO_JAVA_HOME");
    }

    @Test
    void javaHomeThatIsTooOldIsPassedOver() throws Exception {
        // Given
        shell.with("JAVA_HOME", jdk("old", "21").toString());
        Path jdk = jdk("home/.sdkman/candidates/java/25-tem", "25");
        // When, Then
        assertThat(found()).isEqualTo(jdk.toString());
    }

    @Test
    void ownVariableComesBeforeJavaHome() throws Exception {
        shell.with("JAVA_HOME", jdk("one", "25").toString());
        Path own = jdk("own", "26-ea");
        shell.with("TOMBOLO_JAVA_HOME", own.toString());
        assertThat(found()).isEqualTo(own.toString());
    }

    @Test
    void ownVariableThatDoesNotFitIsAnErrorAlthoughOthersWouldFit() throws Exception {
        // Given
        jdk("machine/opt/jdk", "25");
        shell.with("TOMBOLO_JAVA_HOME", jdk("own", "17").toString());
        // When
        var outcome = find();
        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("TOMBOLO_JAVA_HOME", "is Java 17", "unset it");
    }

    @Test
    void linkFromPathLeadsToItsJdk() throws Exception {
        // Given
        Path jdk = jdk("elsewhere/jdk-25", "25.0.3");
        Path alternatives = Files.createSymbolicLink(scratch.resolve("alternative"), jdk.resolve("bin/javac"));
        Files.createSymbolicLink(scratch.resolve("tools/javac"), alternatives);
        // When, Then
        assertThat(found()).isEqualTo(jdk.toString());
    }

    @Test
    void jreAndDirectoriesWithoutReleaseAreNoJdks() throws Exception {
        // Given
        Files.delete(jdk("machine/usr/lib/jvm/jre", "25").resolve("bin/javac"));
        Files.createDirectories(scratch.resolve("machine/opt/something"));
        // When
        var outcome = find();
        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("JRE").contains("/opt/*: no JDK");
    }

    @Test
    void placeOfMacOsIsSearched() throws Exception {
        Path jdk = jdk("machine/Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home", "25.0.3");
        assertThat(found()).isEqualTo(jdk.toString());
    }

    private String found() throws Exception {
        var outcome = find();
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return outcome.output().strip();
    }

    private Shell.Outcome find() throws Exception {
        return shell.run(
                "/bin/sh",
                "-euc",
                ". \"$0\"; find_jdk || exit 1; echo \"$TOMBOLO_JDK\"",
                Shell.HOME + "/bin/find-jdk.sh");
    }

    private Path jdk(String where, String version) throws IOException {
        Path home = scratch.resolve(where);
        Shell.script(home.resolve("bin/java"), "echo a JVM was started >&2");
        Shell.script(home.resolve("bin/javac"), "echo a JVM was started >&2");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
