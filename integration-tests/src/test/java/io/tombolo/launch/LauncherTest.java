package io.tombolo.launch;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code ./tombolo} in a made-up checkout, with a made-up JDK and Maven that write down how they were called. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
    private static final List<String> PROGRAMS = List.of("cli", "kafka", "gateway", "sidecar", "federation-controller");

    @TempDir
    Path scratch;

    private Path checkout;
    private Shell shell;

    /** What the made-up Maven fills a program with: something else at every build. */
    private String made = "date +%s%N";

    @BeforeEach
    void checkoutWhoseMavenBuilds() throws IOException {
        checkout = Files.createDirectories(scratch.resolve("a checkout"));
        Files.createDirectories(checkout.resolve("bin"));
        copy("tombolo");
        try (Stream<Path> sourced = Files.list(Shell.HOME.resolve("bin"))) {
            for (Path script : sourced.toList()) {
                copy("bin/" + script.getFileName());
            }
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String program : PROGRAMS) {
            Files.createDirectories(checkout.resolve(program + "/src/main/java"));
            Files.writeString(checkout.resolve(program + "/pom.xml"), "<project/>");
        }
        mavenThat("echo BUILD SUCCESS");
        jdkWhoseJava("for a; do :; done; echo \"cli got [$a]\"");
        shell = new Shell(scratch)
                .with("TOMBOLO_JAVA_HOME", scratch.resolve("jdk").toString());
    }

    @Test
    void firstStartBuildsAndTheNextDoesNot() throws Exception {
        // When
        var first = tombolo("version", "a b");
        var second = tombolo("version", "a b");
        // Then
        assertThat(first.output()).isEqualTo("cli got [a b]\n");
        assertThat(first.errors()).contains("building", "one", "built in");
        assertThat(second.output()).isEqualTo("cli got [a b]\n");
        assertThat(second.errors()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void changedAndRemovedSourcesAreBuilt() throws Exception {
        // Given
        Path directory = checkout.resolve("gateway/src/main/java");
        Path source = Files.writeString(directory.resolve("A.java"), "class A {}");
        tombolo("version");
        // When
        later(source);
        tombolo("version");
        Files.delete(source);
        later(directory);
        tombolo("version");
        // Then
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        // Given: a build that lasts until the other start is there
        mavenThat("sleep 1", "echo BUILD SUCCESS");
        // When
        var one = shell.begin(command("version"));
        var two = shell.begin(command("version"));
        // Then
        assertThat(one.end().exitCode()).isZero();
        assertThat(two.end().exitCode()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void lockOfAProcessThatIsGoneDoesNotHoldAnybodyUp() throws Exception {
        // Given: a start that was killed while it built
        mavenThat("exec sleep 30");
        var killed = shell.begin(command("version"));
        awaitBuilds(1);
        killed.process().descendants().forEach(ProcessHandle::destroyForcibly);
        killed.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        mavenThat("echo BUILD SUCCESS");
        // When
        var outcome = tombolo("version");
        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void failedBuildShowsWhyAndStartsNothing() throws Exception {
        // Given
        mavenThat("echo '[ERROR] cannot find symbol'", "exit 1");
        // When
        var outcome = tombolo("version");
        // Then
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).contains("[ERROR] cannot find symbol", "the build failed", "build.log");
    }

    @Test
    void withoutBuildingOnlyWhatIsThereIsStarted() throws Exception {
        // Given
        shell.with("TOMBOLO_NO_BUILD", "1");
        // When
        var outcome = tombolo("version");
        // Then
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.errors()).contains("TOMBOLO_NO_BUILD");
        assertThat(builds()).isZero();
    }

    @Test
    void programTakesTheLauncherOverWithItsPidItsStdinAndItsExitCode() throws Exception {
        // Given: a command line that plans a program
        tombolo("rehearse");
        jdkWhoseJava(
                "ls -l \"$TOMBOLO_EXEC_PLAN\" | cut -c 1-10 > '" + scratch.resolve("mode") + "'",
                "echo \"$TOMBOLO_EXEC_PLAN\" > '" + scratch.resolve("plan") + "'",
                "cat > \"$TOMBOLO_EXEC_PLAN\" <<'X'",
                "export WITH='a b'",
                "exec 'sh' '-c' 'read line; echo \"$$ $line $WITH ${TOMBOLO_EXEC_PLAN-no plan}\"; exit 9'",
                "X");
        // When
        var running = shell.begin(command("sidecar", "run"));
        var outcome = running.end();
        // Then
        assertThat(outcome.output()).isEqualTo(running.process().pid() + " from stdin a b no plan\n");
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(9);
        assertThat(scratch.resolve("mode")).hasContent("-rw-------");
        assertThat(Path.of(Files.readString(scratch.resolve("plan")).strip())).doesNotExist();
    }

    @Test
    void commandLineThatRefusesOrOnlyHelpsIsTheEndOfIt() throws Exception {
        // Given
        tombolo("rehearse");
        jdkWhoseJava("for a; do :; done; [ \"$a\" = --help ] && { echo usage; exit 0; }; exit 64");
        // When, Then
        assertThat(tombolo("gateway", "run", "--help").output()).isEqualTo("usage\n");
        assertThat(tombolo("gateway", "run", "--help").exitCode()).isZero();
        assertThat(tombolo("gateway", "run").exitCode()).isEqualTo(64);
    }

    @Test
    void programsAreRehearsedOnceForABuildAndOnlyIfSomeAreStarted() throws Exception {
        // Given
        jdkWhoseJava(
                "case \"$*\" in *' rehearse '*) echo rehearsed >> '" + scratch.resolve("rehearsals") + "' ;; esac");
        // When
        tombolo("version");
        // Then
        assertThat(scratch.resolve("rehearsals")).doesNotExist();
        // When
        var first = tombolo("demo", "--once");
        var second = tombolo("gateway", "run");
        // Then
        assertThat(first.errors()).contains("letting the programs work for a moment");
        assertThat(second.errors()).isEmpty();
        assertThat(scratch.resolve("rehearsals")).hasContent("rehearsed\n");
    }

    @Test
    void aRehearsalThatFailsIsSaidAndKeepsNobodyFromWorking() throws Exception {
        // Given
        jdkWhoseJava("case \"$*\" in *' rehearse '*) exit 3 ;; esac", "echo working");
        // When
        var outcome = tombolo("demo");
        // Then
        assertThat(outcome.errors()).contains("failed", "rehearsal.log");
        assertThat(outcome.output()).isEqualTo("working\n");
    }

    @Test
    void aBuildLeavesRunningProgramsTheirCopyAndRemovesItWhenTheyAreGone() throws Exception {
        // Given: a program that runs from what was built first
        Path fifo = scratch.resolve("until written to");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        jdkWhoseJava(
                "for a; do case $a in -Dtombolo.installation=*) home=${a#*=} ;; esac; done",
                "case \"$*\" in *' gateway run'*) ;; *) echo \"$home\"; exit ;; esac",
                "echo \"exec sh -c 'read line <\\\"\\$1\\\"' '$home/gateway' '" + fifo
                        + "'\" > \"$TOMBOLO_EXEC_PLAN\"");
        String copy = tombolo("version").output().strip();
        var running = shell.begin(command("gateway", "run"));
        await().atMost(ofSeconds(30))
                .until(() -> running.process()
                        .info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(copy + "/gateway"))
                        .isPresent());
        // When
        later(Files.writeString(checkout.resolve("gateway/src/main/java/A.java"), "class A {}"));
        String next = tombolo("version").output().strip();
        // Then
        assertThat(next).isNotEqualTo(copy);
        assertThat(Path.of(copy)).isDirectory();
        // When
        Files.writeString(fifo, "end\n");
        running.end();
        later(Files.writeString(checkout.resolve("gateway/src/main/java/B.java"), "class B {}"));
        tombolo("version");
        // Then
        assertThat(Path.of(copy)).doesNotExist();
    }

    @Test
    void aBuildThatMadeTheSameProgramsKeepsTheirCopyAndWhatTheyLearned() throws Exception {
        // Given
        made = "echo the same";
        mavenThat("echo BUILD SUCCESS");
        jdkWhoseJava(
                "for a; do case $a in -Dtombolo.installation=*) echo \"${a#*=}\" ;; esac; done",
                "case \"$*\" in *' rehearse '*) echo rehearsed >> '" + scratch.resolve("rehearsals") + "' ;; esac");
        String copy = tombolo("demo").output();
        // When
        later(Files.writeString(checkout.resolve("gateway/src/main/java/A.java"), "// nothing new"));
        String next = tombolo("demo").output();
        // Then
        assertThat(builds()).isEqualTo(2);
        assertThat(next).isEqualTo(copy);
        assertThat(scratch.resolve("rehearsals")).hasContent("rehearsed\n");
        // When the JDK is another one
        Files.writeString(scratch.resolve("jdk/release"), "JAVA_VERSION=\"26\"\n");
        // Then
        assertThat(tombolo("demo").output()).isNotEqualTo(copy);
        assertThat(scratch.resolve("rehearsals")).hasContent("rehearsed\nrehearsed\n");
    }

    private Shell.Outcome tombolo(String... arguments) throws Exception {
        return shell.run(command(arguments));
    }

    private String[] command(String... arguments) {
        return Stream.concat(Stream.of(checkout.resolve("tombolo").toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private long builds() throws IOException {
        Path calls = scratch.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private void awaitBuilds(int count) {
        await().atMost(ofSeconds(30)).until(() -> builds() >= count);
    }

    /** Makes a file newer than every stamp: no test has time to wait for the clock of the file system. */
    private static void later(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(500)));
    }

    /** A Maven that leaves what the real one leaves, if its lines come to their end. */
    private void mavenThat(String... lines) throws IOException {
        var all = Stream.<String>builder()
                .add("echo called >> '" + scratch.resolve("calls") + "'")
                .add("echo '[INFO] Building Tombolo: one 0.1.0-SNAPSHOT    [2/12]'")
                .add("cd '" + checkout + "'");
        Stream.of(lines).forEach(all);
        for (String program : PROGRAMS) {
            String target = program + "/target";
            String runnable = List.of("cli", "kafka").contains(program)
                    ? target + "/app/lib/tombolo-" + program + "-0.jar"
                    : target + "/quarkus-app/quarkus-run.jar";
            all.add("mkdir -p " + runnable.substring(0, runnable.lastIndexOf('/')));
            all.add("date +%s%N >" + target + "/app.stamp; sleep 0.05; " + made + " >" + runnable);
        }
        Shell.script(checkout.resolve("mvnw"), all.build().toArray(String[]::new));
    }

    private void jdkWhoseJava(String... lines) throws IOException {
        Shell.script(scratch.resolve("jdk/bin/java"), lines);
        Shell.script(scratch.resolve("jdk/bin/javac"), "exit 1");
        Files.writeString(scratch.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    }

    private void copy(String file) throws IOException {
        Path to = checkout.resolve(file);
        Files.copy(Shell.HOME.resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
