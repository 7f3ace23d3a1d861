package io.tombolo.dataplane.exchange;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of gRPC: a method, a deadline, and the messages that the client sends. */
final class SameCall {
    private static final Map<String, MethodDescriptor<String, String>> METHODS = Map.of(
            "Say",
            GrpcApp.SAY,
            "Fail",
            GrpcApp.FAIL,
            "Silent",
            GrpcApp.SILENT,
            "Unknown",
            GrpcApp.SAY.toBuilder().setFullMethodName("test.Talk/Unknown").build());
    private static final int MOST_MESSAGES = 10;
    private static final long PATIENCE_SECONDS = 10;

    private SameCall() {}

    /** Calls, and tells of status, messages and trailers. */
    static void run(String said, int port, Observed to) throws IOException {
        String[] words = said.split(" ");
        ManagedChannel channel = GrpcApp.client(port);
        try {
            var options = CallOptions.DEFAULT.withDeadlineAfter(
                    Duration.parse(words[1]).toMillis(), TimeUnit.MILLISECONDS);
            ClientCall<String, String> call = channel.newCall(METHODS.get(words[0]), options);
            var end = new CompletableFuture<Status>();
            call.start(new Heard(to, end), new Metadata());
            call.request(MOST_MESSAGES);
            for (int i = 2; i < words.length; i++) {
                call.sendMessage(words[i]);
            }
            call.halfClose();
            to.add("got", end.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getCode().name());
        } catch (InterruptedException | ExecutionException | TimeoutException broken) {
            throw new IOException(broken);
        } finally {
            channel.shutdownNow();
        }
    }

    private static final class Heard extends ClientCall.Listener<String> {
        private final Observed to;
        private final CompletableFuture<Status> end;

        Heard(Observed to, CompletableFuture<Status> end) {
            this.to = to;
            this.end = end;
        }

        @Override
        public void onMessage(String message) {
            to.add("got.body", message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            String seen = trailers.get(GrpcApp.TRAILER);
            if (seen != null) {
                to.add("got.trailer.seen", seen);
            }
            end.complete(status);
        }
    }
}
