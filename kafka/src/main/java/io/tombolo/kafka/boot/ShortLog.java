package io.tombolo.kafka.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per event on stderr; Kafka's own classes from WARNING up. */
final class ShortLog extends Formatter {
    // Warns at every start that it became active. Held here because the log manager keeps loggers by weak reference.
    private static final Logger CONTROLLER = Logger.getLogger("org.apache.kafka.controller.QuorumController");

    private ShortLog() {}

    static void install() {
        LogManager.getLogManager().reset();
        var console = new ConsoleHandler();
        console.setFormatter(new ShortLog());
        console.setLevel(Level.INFO);
        Logger root = Logger.getLogger("");
        root.addHandler(console);
        root.setLevel(Level.WARNING);
        CONTROLLER.setLevel(Level.SEVERE);
    }

    @Override
    public String format(LogRecord record) {
        var line = new StringWriter();
        line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
                .append(' ')
                .append(record.getLevel().getName())
                .append(' ')
                .append(String.valueOf(record.getLoggerName()))
                .append(' ')
                .append(formatMessage(record))
                .append('\n');
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line));
        }
        return line.toString();
    }
}
