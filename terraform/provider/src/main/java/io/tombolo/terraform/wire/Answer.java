package io.tombolo.terraform.wire;

import io.grpc.stub.StreamObserver;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers one call, whatever happens: users see problems, never a stack trace, and an object that was made is never forgotten
 * because something failed after it.
 */
final class Answer {
    private Answer() {}

    /** @param problems makes the answer where there are only problems */
    static <T> void to(StreamObserver<T> caller, Supplier<T> answer, Function<List<Problem>, T> problems) {
        T result;
        try {
            result = answer.get();
        } catch (Failed failed) {
            result = problems.apply(failed.problems());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
            PluginLog.error("a call failed", defect);
            result = problems.apply(List.of(Problem.error(
                    ValuePath.ROOT,
                    "The provider has a defect",
                    "This should not happen: " + defect.getClass().getSimpleName() + ": " + defect.getMessage()
                            + ". Nothing else is known of it; run with TF_LOG=ERROR for the place, and report it.")));
        }
        caller.onNext(result);
        caller.onCompleted();
    }
}
