package io.tombolo.dataplane.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** {@code kill(2)}: the JDK can only send two signals. */
final class Signals {
    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Signals() {}

    static void send(long pid, int number) {
        try {
            int failed = (int) KILL.invokeExact((int) pid, number);
            assert failed == 0 || failed == -1; // the process may be gone already
        } catch (Throwable cannotBe) {
            throw new IllegalStateException("kill(2)", cannotBe);
        }
    }
}
