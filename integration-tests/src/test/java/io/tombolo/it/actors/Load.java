package io.tombolo.it.actors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Many requests over several kept connections, sent whether or not earlier ones were answered: what is slow makes nothing
 * wait that was to be sent meanwhile. On plain sockets, so that no client's own retries hide a failure.
 */
public final class Load implements AutoCloseable {
    private static final int MAX_WAITING = 10_000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final InetSocketAddress to;
    private final byte[] request;
    private final long startNanos = System.nanoTime();
    private final long everyNanos;
    private long ticks;
    private final BlockingQueue<Long> due = new LinkedBlockingQueue<>(MAX_WAITING);
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean ended;

    /**
     * What came of one request.
     * @param dueNanos when it was to be sent, whether or not it could be
     * @param by       the first two words of the answer; empty = none of status 200
     * @param why      it failed; empty = status 200
     * @param nanos    from when it was due to its end
     */
    public record Answer(long dueNanos, String by, String why, long nanos) {}

    /**
     * What came of it.
     * @param by     how many answers began with which two words
     * @param failed one line each
     * @param slowest from the time at which it was due, in ms
     * @param answers all of them, in no order
     */
    public record Report(int sent, Map<String, Integer> by, List<String> failed, long slowest, List<Answer> answers) {
        /** Answers of those whose words begin with {@code says}. */
        public int of(String says) {
            return by.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(says))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    private Load(int port, String method, String fields, int perSecond, int connections) {
        this.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = (method + " /load HTTP/1.1\r\nHost: load\r\nContent-Length: 0\r\n" + fields + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            workers.add(Thread.ofPlatform().daemon().name("load-" + i).start(this::work));
        }
        this.everyNanos = 1_000_000_000L / perSecond;
        var _ = ticker.scheduleAtFixedRate(this::tick, 0, everyNanos, TimeUnit.NANOSECONDS);
    }

    /** Begins at once. */
    public static Load of(Caller caller, String method, int perSecond, int connections) {
        return new Load(caller.port(), method, "", perSecond, connections);
    }

    /** GET with a header field, such as {@code Priority: u=6}. */
    public static Load with(String field, Caller caller, int perSecond, int connections) {
        return new Load(caller.port(), "GET", field + "\r\n", perSecond, connections);
    }

    /** 40 GET a second over 8 connections. */
    public static Load of(Caller caller) {
        return of(caller, "GET", 40, 8);
    }

    private void tick() {
        long at = startNanos + everyNanos * ticks++;
        sent.incrementAndGet();
        if (!due.offer(at)) {
            answers.add(new Answer(at, "", "not sent: " + MAX_WAITING + " wait", 0));
            done.incrementAndGet();
        }
    }

    private void work() {
        Connection connection = new Connection();
        try {
            while (!ended || !due.isEmpty()) {
                Long since = due.poll(50, TimeUnit.MILLISECONDS);
                if (since != null) {
                    answers.add(connection.exchange(since));
                    done.incrementAndGet();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    /** Waits until {@code more} requests have ended that had not when this was called. */
    public Load awaitMore(int more) {
        int wanted = done.get() + more;
        Awaitility.await(more + " more requests")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> done.get() >= wanted);
        return this;
    }

    /** Waits until an answer that begins with {@code says} comes, not counting those before the call. */
    public Load awaitAnswerOf(String says) {
        int before = count(says);
        Awaitility.await("an answer of " + says)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(says) > before);
        return this;
    }

    private int count(String says) {
        return (int) answers.stream().filter(a -> a.by().startsWith(says)).count();
    }

    /** Sends nothing more, and waits for what was sent. */
    public Report stop() {
        ticker.shutdownNow();
        ended = true;
        try {
            for (Thread worker : workers) {
                worker.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var by = new TreeMap<String, Integer>();
        answers.forEach(answer -> by.merge(answer.by(), 1, Integer::sum));
        List<String> failed =
                answers.stream().map(Answer::why).filter(why -> !why.isEmpty()).toList();
        long slowest = answers.stream().mapToLong(Answer::nanos).max().orElse(0);
        return new Report(sent.get(), by, failed, TimeUnit.NANOSECONDS.toMillis(slowest), List.copyOf(answers));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        ended = true;
        workers.forEach(Thread::interrupt);
    }

    /** One kept connection, made anew whenever it ended. */
    private final class Connection {
        private @Nullable Socket socket;
        private @Nullable InputStream in;

        Answer exchange(long sinceNanos) {
            try {
                Socket open = socket == null ? open() : socket;
                open.getOutputStream().write(request);
                return answer(sinceNanos);
            } catch (IOException broken) {
                close();
                return new Answer(sinceNanos, "", "no answer: " + broken, System.nanoTime() - sinceNanos);
            }
        }

        private Socket open() throws IOException {
            var fresh = new Socket();
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(PATIENCE_MILLIS);
            fresh.connect(to, PATIENCE_MILLIS);
            socket = fresh;
            in = new BufferedInputStream(fresh.getInputStream());
            return fresh;
        }

        private Answer answer(long sinceNanos) throws IOException {
            InputStream from = in;
            if (from == null) {
                throw new IOException("closed");
            }
            String head = head(from);
            String body = new String(from.readNBytes(length(head)), StandardCharsets.UTF_8);
            if (head.toLowerCase(Locale.ROOT).contains("connection: close")) {
                close();
            }
            boolean fine = head.startsWith("HTTP/1.1 200 ");
            String why = fine ? "" : head.lines().findFirst().orElse("") + " " + body.strip();
            return new Answer(sinceNanos, fine ? twoWords(body) : "", why, System.nanoTime() - sinceNanos);
        }

        void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException closed) {
                // is what was wanted
            }
            socket = null;
            in = null;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after " + head.length() + " bytes of the head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String twoWords(String body) {
        String[] words = body.split(" ", 3);
        return words.length < 2 ? body : words[0] + " " + words[1];
    }
}
