package io.tombolo.terraform.wire;

import io.grpc.stub.StreamObserver;
import io.tombolo.terraform.proto.Empty;
import io.tombolo.terraform.proto.GRPCControllerGrpc;
import java.util.concurrent.CountDownLatch;

/** By which Terraform says that it is done; without it each end takes two seconds. */
final class EndingCalls extends GRPCControllerGrpc.GRPCControllerImplBase {
    private final CountDownLatch asked;

    EndingCalls(CountDownLatch asked) {
        this.asked = asked;
    }

    @Override
    public void shutdown(Empty request, StreamObserver<Empty> caller) {
        caller.onNext(Empty.getDefaultInstance());
        caller.onCompleted();
        asked.countDown();
    }
}
