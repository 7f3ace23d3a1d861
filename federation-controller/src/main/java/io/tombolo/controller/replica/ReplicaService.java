package io.tombolo.controller.replica;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tombolo.controller.enrol.GrpcFaults;
import io.tombolo.controller.kube.Told;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.replica.FromFollower;
import io.tombolo.wire.replica.FromLeader;
import io.tombolo.wire.replica.Hello;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.ReplicaGrpc;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a leader is followed, over gRPC. Who follows is proven by the token of its pod before it gets a byte. */
public final class ReplicaService extends ReplicaGrpc.ReplicaImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaService.class);
    private static final long PROOF_SECONDS = 5;
    private static final Duration HELLO_WITHIN = Duration.ofSeconds(5);

    private final Leader leader;
    private final Consumer<String> requireReplica;
    private final Vouches vouches;
    private final Duration helloWithin;

    /** Whoever is refused comes again at once, and anybody may come. */
    private final Told told = new Told();

    /** @param requireReplica throws unless a token is that of a pod of this controller's account */
    public ReplicaService(Leader leader, Consumer<String> requireReplica, Vouches vouches) {
        this(leader, requireReplica, vouches, HELLO_WITHIN);
    }

    /** @param helloWithin after which a call that said nothing is ended */
    ReplicaService(Leader leader, Consumer<String> requireReplica, Vouches vouches, Duration helloWithin) {
        this.helloWithin = helloWithin;
        this.leader = leader;
        this.requireReplica = requireReplica;
        this.vouches = vouches;
    }

    @Override
    public StreamObserver<FromFollower> follow(StreamObserver<FromLeader> out) {
        var stream = (ServerCallStreamObserver<FromLeader>) out;
        var follower = new Follower(stream);
        stream.setOnReadyHandler(follower::ready);
        stream.setOnCancelHandler(follower::over);
        follower.hasToSaySomething();
        return follower;
    }

    /** What one follower sends; gRPC calls one method at a time. */
    private final class Follower implements StreamObserver<FromFollower> {
        private final ServerCallStreamObserver<FromLeader> stream;
        private final BlockingQueue<byte[]> proofs = new ArrayBlockingQueue<>(1);
        private final AtomicBoolean vouching = new AtomicBoolean();
        private final CompletableFuture<Boolean> spoken = new CompletableFuture<>();
        private volatile @Nullable Link link;

        Follower(ServerCallStreamObserver<FromLeader> stream) {
            this.stream = stream;
        }

        /** Anybody may call, and a call that says nothing would be kept as long as its connection. */
        void hasToSaySomething() {
            var _ = spoken.orTimeout(helloWithin.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(silent -> {
                        fail(new TomboloException(
                                Fault.TIMED_OUT, "replica", "it does not say hello", "send Hello first"));
                        return false;
                    });
        }

        @Override
        public void onNext(FromFollower message) {
            spoken.complete(true);
            try {
                @Nullable Link now = link;
                if (now == null) {
                    begin(message);
                } else {
                    now.heard();
                    take(now, message);
                }
            } catch (RuntimeException refused) {
                over();
                fail(refused);
            }
        }

        private void begin(FromFollower message) {
            Hello hello = message.getHello();
            if (!message.hasHello()
                    || hello.getName().isBlank()
                    || hello.getName().length() > 253) {
                throw new TomboloException(Fault.BAD_REQUEST, "replica", "it does not say hello", "send Hello first");
            }
            requireReplica.accept(hello.getServiceAccountToken());
            if (stream.isCancelled()) {
                return; // while its token was reviewed: it may follow by another call by now
            }
            Link made = leader.follow(hello.getName());
            link = made;
            if (stream.isCancelled()) {
                over();
            }
            Thread.ofVirtual().name("replica-send").start(() -> send(made));
        }

        private void take(Link now, FromFollower message) {
            switch (message.getSaidCase()) {
                case WRITTEN -> now.written(message.getWritten());
                case KEYS -> {
                    if (vouching.compareAndSet(false, true)) {
                        Thread.ofVirtual().name("replica-vouch").start(() -> vouch(now, message.getKeys()));
                    }
                }
                case ABLE -> {
                    now.able();
                    told.over();
                }
                case PROOF -> {
                    var _ = proofs.offer(message.getProof().toByteArray());
                }
                case HELLO, ALIVE, SAID_NOT_SET -> {
                    // Hello is said once; that something was said counts as a word.
                }
            }
        }

        private void vouch(Link now, Keys keys) {
            try {
                var vouched = vouches.vouch(now.name(), keys, asked -> proof(now, asked));
                now.say(FromLeader.newBuilder().setVouched(vouched).build());
                LOG.atInfo().addKeyValue("replica", now.name()).log("vouched for the keys of another replica");
            } catch (RuntimeException refused) {
                over();
                fail(refused);
            } finally {
                vouching.set(false);
            }
        }

        private byte[] proof(Link now, Prove asked) {
            proofs.clear();
            now.say(FromLeader.newBuilder().setProve(asked).build());
            try {
                return Optional.ofNullable(proofs.poll(PROOF_SECONDS, TimeUnit.SECONDS))
                        .orElseThrow(() -> new TomboloException(
                                Fault.TIMED_OUT, "replica " + now.name(), "does not prove its key", "it tries again"));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new TomboloException(Fault.TIMED_OUT, "replica " + now.name(), "was not waited for", "", stopped);
            }
        }

        private void send(Link now) {
            try {
                now.sendTo(message -> put(now, message));
            } catch (InterruptedException | RuntimeException over) {
                LOG.atInfo()
                        .addKeyValue("replica", now.name())
                        .addKeyValue("fault", over.getMessage())
                        .log("link ends");
            }
            over();
            fail(new TomboloException(
                    Fault.REPLICA_UNSURE, "link", "the leader heard nothing, or has a newer one", "connect again"));
        }

        /** What a link that is over had to say nobody needs, however long its other side takes nothing. */
        private void put(Link now, FromLeader message) throws InterruptedException {
            synchronized (stream) {
                while (!stream.isReady() && !stream.isCancelled() && !now.isBroken()) {
                    stream.wait(Link.WORD.toMillis());
                }
                stream.onNext(message);
            }
        }

        void ready() {
            synchronized (stream) {
                stream.notifyAll();
            }
        }

        void over() {
            spoken.complete(true);
            @Nullable Link now = link;
            if (now != null) {
                now.end("its call ended");
            }
            ready();
        }

        private void fail(RuntimeException why) {
            synchronized (stream) {
                try {
                    stream.onError(told.isNew(kind(why)) ? GrpcFaults.of(why) : GrpcFaults.untold(why));
                } catch (IllegalStateException closed) {
                    LOG.debug("the call was over", closed);
                }
            }
        }

        private static String kind(RuntimeException why) {
            return why instanceof TomboloException fault
                    ? fault.fault().code()
                    : why.getClass().getName();
        }

        @Override
        public void onError(Throwable gone) {
            over();
        }

        @Override
        public void onCompleted() {
            over();
        }
    }
}
