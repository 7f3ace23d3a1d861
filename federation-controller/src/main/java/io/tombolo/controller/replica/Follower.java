package io.tombolo.controller.replica;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import io.tombolo.wire.replica.Able;
import io.tombolo.wire.replica.Alive;
import io.tombolo.wire.replica.FromFollower;
import io.tombolo.wire.replica.FromLeader;
import io.tombolo.wire.replica.Hello;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.ReplicaGrpc;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a replica that stands by to the one that leads. Ends when nothing is heard, or what is heard does not fit. */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int CLOSE_MILLIS = 500;

    /** To see whether certificates age: it reads files and verifies signatures of the members. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final int MAX_MESSAGE_BYTES = 16 * 1_024 * 1_024;

    private final ReplicaSettings own;
    private final Copy copy;
    private final OwnKeys keys;
    private final AtomicLong heardNanos;
    private final ManagedChannel channel;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<String> why = new AtomicReference<>("");
    private volatile boolean asked;
    private boolean able;
    private long lookAgainNanos;

    /** @param heardNanos monotonic time of the last word of the leader; kept up to date */
    Follower(ReplicaSettings own, HostPort address, KeyPin pin, Copy copy, OwnKeys keys, AtomicLong heardNanos) {
        this.own = own;
        this.copy = copy;
        this.keys = keys;
        this.heardNanos = heardNanos;
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(new PinnedTrustManager(pin, InstantSource.system()))
                .build();
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
    }

    /** Follows until the connection ends. @param token of this pod @return why it did */
    String run(String token) throws InterruptedException {
        var in = new In();
        StreamObserver<FromFollower> out = ReplicaGrpc.newStub(channel).follow(in);
        in.out = out;
        say(
                out,
                FromFollower.newBuilder()
                        .setHello(
                                Hello.newBuilder().setServiceAccountToken(token).setName(own.name()))
                        .build());
        long began = System.nanoTime();
        while (!ended.await(Link.WORD.toMillis(), TimeUnit.MILLISECONDS)) {
            long silent = System.nanoTime() - Math.max(began, heardNanos.get());
            if (silent > own.takeoverAfter().toNanos()) {
                ends("the leader is silent");
                break;
            }
            say(
                    out,
                    FromFollower.newBuilder()
                            .setAlive(Alive.getDefaultInstance())
                            .build());
            wish(out);
        }
        return why.get();
    }

    private void ends(String because) {
        why.compareAndSet("", because);
        ended.countDown();
    }

    /** Asks for certificates once it has all files, and again when they age; says so once it needs none. */
    private void wish(StreamObserver<FromFollower> out) {
        if (!copy.isWhole() || asked || (able && System.nanoTime() - lookAgainNanos < 0)) {
            return;
        }
        lookAgainNanos = System.nanoTime() + LOOK_AGAIN_NANOS;
        Optional<Keys> wanted = keys.wanted();
        if (wanted.isPresent()) {
            asked = true;
            say(out, FromFollower.newBuilder().setKeys(wanted.get()).build());
        } else if (!able && keys.complete()) {
            able = true;
            say(
                    out,
                    FromFollower.newBuilder().setAble(Able.getDefaultInstance()).build());
        }
    }

    private void say(StreamObserver<FromFollower> out, FromFollower message) {
        synchronized (out) {
            try {
                out.onNext(message);
            } catch (IllegalStateException over) {
                ends("the call is over");
            }
        }
    }

    /** What the leader sends; gRPC calls one method at a time. */
    private final class In implements StreamObserver<FromLeader> {
        private volatile StreamObserver<FromFollower> out = new Nobody();

        @Override
        public void onNext(FromLeader message) {
            if (ended.getCount() == 0) {
                return; // what comes after something that does not fit is nobody's any more
            }
            heardNanos.set(System.nanoTime());
            try {
                take(message);
            } catch (RuntimeException unfit) {
                ends("what the leader sent does not fit: " + unfit.getMessage());
            }
        }

        private void take(FromLeader message) {
            switch (message.getSaidCase()) {
                case PIECE -> copy.take(message.getPiece()).ifPresent(number -> written(number));
                case COMPLETE -> {
                    copy.complete(message.getComplete());
                    written(message.getComplete().getChange());
                }
                case PROVE ->
                    say(
                            out,
                            FromFollower.newBuilder()
                                    .setProof(ByteString.copyFrom(keys.prove(message.getProve())))
                                    .build());
                case VOUCHED -> {
                    keys.keep(message.getVouched());
                    asked = false;
                }
                case IN_STEP -> LOG.atInfo().log("in step with the leader: could take over");
                case ALIVE, SAID_NOT_SET -> {
                    // A word is a word.
                }
            }
        }

        private void written(long number) {
            say(out, FromFollower.newBuilder().setWritten(number).build());
            if (copy.isOfAnotherMembership()) {
                ends("the membership changed: all is copied anew");
            }
        }

        @Override
        public void onError(Throwable gone) {
            ends("the connection to the leader ended: " + gone.getMessage());
        }

        @Override
        public void onCompleted() {
            ends("the leader ended the call");
        }
    }

    /** Before the call began. */
    private static final class Nobody implements StreamObserver<FromFollower> {
        @Override
        public void onNext(FromFollower message) {}

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {}
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            var _ = channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
