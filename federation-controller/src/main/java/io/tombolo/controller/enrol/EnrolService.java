package io.tombolo.controller.enrol;

import io.grpc.stub.StreamObserver;
import io.tombolo.wire.enrol.ChallengeRequest;
import io.tombolo.wire.enrol.ChallengeResponse;
import io.tombolo.wire.enrol.EnrolGrpc;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.RegisterRequest;
import io.tombolo.wire.enrol.RenewRequest;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The enrolment of proxies over gRPC. */
public final class EnrolService extends EnrolGrpc.EnrolImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolService.class);

    private final Enrolment enrolment;

    public EnrolService(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    @Override
    public void challenge(ChallengeRequest request, StreamObserver<ChallengeResponse> answer) {
        answer(
                answer,
                () -> ChallengeResponse.newBuilder()
                        .setNonce(enrolment.challenge())
                        .build());
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<Issued> answer) {
        answer(answer, () -> told("proxy registered", enrolment.register(request)));
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<Issued> answer) {
        answer(answer, () -> told("proxy renewed", enrolment.renew(request)));
    }

    private static Issued told(String what, Issued issued) {
        LOG.atInfo()
                .addKeyValue("instance", issued.getInstance())
                .addKeyValue("id", issued.getSpiffeId())
                .log(what);
        return issued;
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        try {
            observer.onNext(work.get());
            observer.onCompleted();
        } catch (RuntimeException refused) {
            observer.onError(GrpcFaults.of(refused));
        }
    }
}
