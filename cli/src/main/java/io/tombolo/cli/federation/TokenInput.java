package io.tombolo.cli.federation;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A token from a file that only its owner can read, from standard input, or typed without echo; never an argument. */
public final class TokenInput {
    private static final int MAX_LENGTH = 16_384;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File (0600) with the token; - reads standard input. Without it you are asked.")
    String file = "";

    @Parameters(hidden = true, arity = "0..*")
    List<String> arguments = new ArrayList<>();

    /** The token's text. */
    public String read() {
        if (!arguments.isEmpty()) {
            throw new TomboloException(
                    Fault.TOKEN_IN_ARGUMENT,
                    "command line",
                    "an argument stands where none belongs; if it was a token, others on this machine can have read it",
                    "revoke it with `tombolo token revoke`, make a new one, and use --token-file FILE or -");
        }
        String text = file.isEmpty() ? ask() : file.equals("-") ? standardInput() : file(Path.of(file));
        return text.strip();
    }

    private static String file(Path path) {
        return new String(SecretFile.read(path), StandardCharsets.US_ASCII);
    }

    private static String standardInput() {
        try {
            return new String(System.in.readNBytes(MAX_LENGTH), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    "standard input",
                    String.valueOf(e.getMessage()),
                    "use --token-file FILE",
                    e);
        }
    }

    private static String ask() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new TomboloException(
                    Fault.USAGE, "token", "no terminal to ask on", "use --token-file FILE, or - for standard input");
        }
        char[] typed = console.readPassword("Token: ");
        return typed == null ? "" : new String(typed);
    }
}
