package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.tombolo.controller.enrol.GrpcFaults;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.join.ChangeSigningKeysRequest;
import io.tombolo.wire.join.ChangeSigningKeysResponse;
import io.tombolo.wire.join.CheckResponse;
import io.tombolo.wire.join.EnrolmentGrpc;
import io.tombolo.wire.join.HelloRequest;
import io.tombolo.wire.join.HelloResponse;
import io.tombolo.wire.join.LeaveRequest;
import io.tombolo.wire.join.LeaveResponse;
import io.tombolo.wire.join.RedeemRequest;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.join.RenewBackboneRequest;
import io.tombolo.wire.join.RenewBackboneResponse;
import io.tombolo.wire.join.StandingRequest;
import io.tombolo.wire.join.StandingResponse;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The enrolment of clusters over gRPC; answers as an authority, or says that this is none. */
final class EnrolmentService extends EnrolmentGrpc.EnrolmentImplBase {
    private final Supplier<Optional<Authority>> authority;

    EnrolmentService(Supplier<Optional<Authority>> authority) {
        this.authority = authority;
    }

    @Override
    public void hello(HelloRequest request, StreamObserver<HelloResponse> answer) {
        answer(answer, authority -> {
            ByteString id =
                    ByteString.copyFrom(authority.membership().federationId().bytes());
            if (!request.getFederationId().equals(id)) {
                throw new TomboloException(
                        Fault.WRONG_FEDERATION, "enrolment", "this is another federation", "use a token of this one");
            }
            return HelloResponse.newBuilder()
                    .setFederationId(id)
                    .setFederationName(authority.membership().federation().value())
                    .setNowMs(System.currentTimeMillis())
                    .build();
        });
    }

    @Override
    public void redeem(RedeemRequest request, StreamObserver<RedeemResponse> answer) {
        bound(answer, (authority, exporter) -> authority.redeem(request, exporter));
    }

    @Override
    public void check(RedeemRequest request, StreamObserver<CheckResponse> answer) {
        bound(
                answer,
                (authority, exporter) -> CheckResponse.newBuilder()
                        .addAllProblems(authority.check(request, exporter))
                        .build());
    }

    @Override
    public void renewBackbone(RenewBackboneRequest request, StreamObserver<RenewBackboneResponse> answer) {
        bound(
                answer,
                (authority, exporter) -> RenewBackboneResponse.newBuilder()
                        .setBackbone(authority.renew(request, exporter))
                        .build());
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> answer) {
        bound(
                answer,
                (authority, exporter) -> LeaveResponse.newBuilder()
                        .setMemberVersion(authority.leave(request, exporter))
                        .build());
    }

    @Override
    public void changeSigningKeys(ChangeSigningKeysRequest request, StreamObserver<ChangeSigningKeysResponse> answer) {
        bound(
                answer,
                (authority, exporter) -> ChangeSigningKeysResponse.newBuilder()
                        .addAllMembers(authority.changeSigningKeys(request, exporter))
                        .build());
    }

    @Override
    public void standing(StandingRequest request, StreamObserver<StandingResponse> answer) {
        answer(
                answer,
                authority -> StandingResponse.newBuilder()
                        .addAllMembers(authority.standing(request))
                        .build());
    }

    /** With the channel binding of the connection that is asked on, which proofs are about. */
    private <T> void bound(StreamObserver<T> observer, BiFunction<Authority, byte[], T> work) {
        byte[] exporter = ChannelBinding.current();
        answer(observer, authority -> work.apply(authority, exporter));
    }

    private <T> void answer(StreamObserver<T> observer, Function<Authority, T> work) {
        try {
            observer.onNext(work.apply(authority
                    .get()
                    .orElseThrow(() -> new TomboloException(
                            Fault.NOT_AN_AUTHORITY,
                            "enrolment",
                            "this cluster is no authority",
                            "ask one of the authorities that the token names"))));
            observer.onCompleted();
        } catch (RuntimeException refused) {
            observer.onError(GrpcFaults.of(refused));
        }
    }
}
