package io.tombolo.it.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.Tombolo;
import io.tombolo.cli.context.Contexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who types commands one after the other, without quotes or pipes, into this JVM: for each, {@link Terminal} starts a program.
 * One at a time: which contexts there are is a property of the JVM.
 */
public final class Typist implements AutoCloseable {
    private final Path home;

    private Typist(Path home) {
        this.home = home;
    }

    /** @param home where files are written; those of {@code examples/} are read from the checkout */
    public static Typist of(Operator operator, Path home) {
        Path contexts = home.resolve("typist.yaml");
        try {
            Files.copy(operator.contexts(), contexts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(Contexts.FILE_PROPERTY, contexts.toString());
        var typist = new Typist(home);
        typist.types("tombolo context use " + operator.api().context().name());
        return typist;
    }

    /** Runs one, and fails with what it said unless it succeeds. */
    public void types(String command) {
        assertThat(command).matches("tombolo [\\w ./:=-]+");
        var errors = new StringWriter();
        List<String> words = List.of(command.replace(" examples/", " " + Terminal.checkout() + "/examples/")
                .replace("--picture ", "--picture " + home + "/")
                .split(" "));
        int code = Tombolo.commandLine()
                .setErr(new PrintWriter(errors))
                .execute(words.stream().skip(1).toArray(String[]::new));
        assertThat(code).as("%s: %s", command, errors).isZero();
    }

    @Override
    public void close() {
        System.clearProperty(Contexts.FILE_PROPERTY);
    }
}
