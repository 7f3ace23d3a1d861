package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.ProcessFigures.Memory;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.Missing;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.TomboloNames;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** What answers for names with few and with many services: its memory once each name was asked for, and time for a question. */
public final class NamesBench {
    private static final int FEW = 10;
    private static final int QUESTIONS = 100_000;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final double MICROS = 1e3;

    private NamesBench() {}

    /** Prints the table. */
    public static void run(int services) throws IOException, Missing {
        Workshop workshop = Workshop.open("names");
        var cluster = new PaperCluster("west");
        var table =
                new Columns("services", "resident MiB", "private MiB", "CPU µs of a question", "µs until its answer");
        for (int count : IntStream.of(FEW, services).toArray()) {
            try (Contender names = TomboloNames.start(workshop, cluster, count)) {
                ask(names.port(), count, Math.max(count, QUESTIONS)); // compiled, and each name asked for
                long cpu = ProcessFigures.cpuMicros(names.process().pid());
                long began = System.nanoTime();
                ask(names.port(), count, QUESTIONS);
                double micros = (System.nanoTime() - began) / MICROS / QUESTIONS;
                double cpuMicros =
                        (double) (ProcessFigures.cpuMicros(names.process().pid()) - cpu) / QUESTIONS;
                Memory memory = ProcessFigures.memory(names.process().pid());
                table.row(
                        Integer.toString(count),
                        Long.toString(Math.round(memory.resident() / 1_024.0)),
                        Long.toString(Math.round(memory.unshared() / 1_024.0)),
                        "%.1f".formatted(cpuMicros),
                        "%.1f".formatted(micros));
            }
        }
        System.out.println(table);
    }

    /** One after the other; each has to be found. */
    private static void ask(int port, int services, int questions) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(InetAddress.getLoopbackAddress(), port);
            var answer = new DatagramPacket(new byte[512], 512);
            for (int i = 0; i < questions; i++) {
                byte[] question = question("service-" + i % services + ".shop.svc.clusterset.local");
                socket.send(new DatagramPacket(question, question.length));
                socket.receive(answer);
                if ((answer.getData()[3] & 0xf) != 0 || answer.getData()[7] != 1) {
                    throw new IllegalStateException("service-" + i % services + " is not found");
                }
            }
        }
    }

    private static byte[] question(String name) {
        var out = ByteBuffer.allocate(12 + name.length() + 2 + 4);
        out.putShort((short) 1)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) 0);
        for (String label : name.split("\\.")) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return out.put((byte) 0).putShort((short) 1).putShort((short) 1).array();
    }
}
