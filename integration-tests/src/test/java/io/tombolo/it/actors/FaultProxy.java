package io.tombolo.it.actors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before one port of this machine and passes TCP on: as it is, late, in one direction only, not at all while connections
 * stay open, or refusing. What it holds back goes on when it passes again, as a network's retransmissions do.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK_BYTES = 16_384;
    private static final int MOST_CHUNKS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private final int behind;
    private volatile Weather weather = Weather.FINE;
    private volatile ServerSocket listener;

    /** @param late how long each answer takes longer */
    private record Weather(boolean requestsPass, boolean answersPass, Duration late) {
        static final Weather FINE = new Weather(true, true, Duration.ZERO);

        boolean passes(Direction direction) {
            return direction == Direction.REQUESTS ? requestsPass : answersPass;
        }

        long lateNanos(Direction direction) {
            return direction == Direction.REQUESTS ? 0 : late.toNanos();
        }
    }

    private enum Direction {
        REQUESTS,
        ANSWERS
    }

    /** Bytes that arrived; none = the end. */
    private record Chunk(byte[] bytes, long arrivedNanos) {}

    private FaultProxy(int port, int behind) {
        this.port = port;
        this.behind = behind;
        this.listener = listen(port);
    }

    /** @param behind a port where somebody listens, or will */
    public static FaultProxy before(int behind) {
        return new FaultProxy(FreePorts.one(), behind);
    }

    private ServerSocket listen(int at) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 1_024);
            Thread.ofPlatform().daemon().name("fault-proxy-" + at).start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Everything goes through, what was held back first. */
    public void passes() {
        become(Weather.FINE);
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    /** What comes back comes so much later. */
    public void delaysAnswersBy(Duration late) {
        become(new Weather(true, true, late));
    }

    /** Nothing goes through in either direction; connections stay open, and new ones are accepted. */
    public void swallowsAll() {
        become(new Weather(false, false, Duration.ZERO));
    }

    /** Half open: requests arrive, nothing comes back, not even the end of a connection. */
    public void swallowsAnswers() {
        become(new Weather(true, false, Duration.ZERO));
    }

    /** Nobody listens any more, and what was open is reset. */
    public void refuses() {
        close();
    }

    private void become(Weather now) {
        lock.lock();
        try {
            weather = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                // the loop ends with the listener; one connection that broke says nothing of the next
            }
        }
    }

    private void serve(Socket client) {
        try {
            await(Direction.REQUESTS, System.nanoTime());
            var server = new Socket(InetAddress.getLoopbackAddress(), behind);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var halves = new AtomicInteger(2);
            pass(client, server, Direction.REQUESTS, halves);
            pass(server, client, Direction.ANSWERS, halves);
        } catch (IOException nobodyThere) {
            reset(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to, Direction direction, AtomicInteger halves) {
        BlockingQueue<Chunk> onTheWay = new ArrayBlockingQueue<>(MOST_CHUNKS);
        Thread.ofVirtual().start(() -> read(from, onTheWay));
        Thread.ofVirtual().start(() -> {
            write(onTheWay, to, direction);
            if (halves.decrementAndGet() == 0) {
                close(from);
                close(to);
            }
        });
    }

    private static void read(Socket from, BlockingQueue<Chunk> into) {
        byte[] some = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                into.put(new Chunk(java.util.Arrays.copyOf(some, read), System.nanoTime()));
            }
            into.put(new Chunk(new byte[0], System.nanoTime()));
        } catch (IOException broken) {
            into.offer(new Chunk(new byte[0], System.nanoTime()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BlockingQueue<Chunk> from, Socket to, Direction direction) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk next = from.take(); next.bytes().length > 0; next = from.take()) {
                await(direction, next.arrivedNanos());
                out.write(next.bytes());
            }
            await(direction, System.nanoTime());
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(to);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until what arrived then may go on. */
    private void await(Direction direction, long arrivedNanos) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Weather now = weather;
                long left = arrivedNanos + now.lateNanos(direction) - System.nanoTime();
                if (!now.passes(direction)) {
                    changed.await();
                } else if (left <= 0) {
                    return;
                } else {
                    var _ = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // is what is wanted
        }
        close(socket);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            // is what was wanted
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(open).forEach(this::reset);
    }
}
