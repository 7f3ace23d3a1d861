package io.tombolo.dataplane.feed;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tombolo.dataplane.enrol.ControllerChannel;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.wire.feed.Applied;
import io.tombolo.wire.feed.FeedGrpc;
import io.tombolo.wire.feed.FromProxy;
import io.tombolo.wire.feed.ToProxy;
import org.jspecify.annotations.Nullable;

/** One stream to one controller, with its own connection. Every method runs on the feed's thread. */
final class FeedStream implements StreamObserver<ToProxy> {
    private final FeedClient client;
    private final ControllerChannel channel;
    private final HostPort address;
    private @Nullable StreamObserver<FromProxy> out;
    private boolean over;

    FeedStream(FeedClient client, ControllerChannel channel, HostPort address) {
        this.client = client;
        this.channel = channel;
        this.address = address;
    }

    HostPort address() {
        return address;
    }

    void begin(FromProxy start) {
        out = FeedGrpc.newStub(channel.grpc()).follow(this);
        send(start);
    }

    void send(FromProxy message) {
        StreamObserver<FromProxy> to = out;
        if (to != null && !over) {
            to.onNext(message);
        }
    }

    void applied(long version, String error) {
        send(FromProxy.newBuilder()
                .setApplied(Applied.newBuilder().setVersion(version).setError(error))
                .build());
    }

    /** Says goodbye and hangs up once that is out; the thread ends when it is. */
    Thread close() {
        StreamObserver<FromProxy> to = out;
        if (to != null && !over) {
            over = true;
            to.onCompleted();
        }
        return channel.closeGently();
    }

    @Override
    public void onNext(ToProxy message) {
        if (over) {
            return;
        }
        switch (message.getMessageCase()) {
            case UPDATE -> client.received(this, message.getUpdate());
            case REFUSED ->
                client.refused(
                        this,
                        message.getRefused().getCode(),
                        message.getRefused().getMessage());
            case MESSAGE_NOT_SET -> {
                // from a newer controller
            }
        }
    }

    @Override
    public void onError(Throwable broken) {
        over = true;
        channel.close();
        if (Status.fromThrowable(broken).getCode() == Status.Code.PERMISSION_DENIED) {
            client.unknown();
        }
        client.ended(this, String.valueOf(broken.getMessage()));
    }

    @Override
    public void onCompleted() {
        over = true;
        channel.close();
        client.ended(this, "the controller closed it");
    }
}
