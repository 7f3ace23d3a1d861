package io.tombolo.testing;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes Netty's leak detector sure and loud: after each test class the garbage is collected and every detector is asked
 * what it lost, and each answer is written to the directory that the system property {@code tombolo.leaks} names, however
 * the test has set its logging. The build fails when it finds such a line. JUnit finds this class by itself; without Netty
 * on the class path, or without the property, it does nothing.
 */
public final class LeakWatch implements TestExecutionListener {
    private boolean watching;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        watching = System.getProperty("tombolo.leaks") != null && nettyIsHere();
        if (watching) {
            WatchedDetectors.install();
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (watching && test.getSource().orElse(null) instanceof ClassSource) {
            WatchedDetectors.report();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (watching) {
            WatchedDetectors.report();
        }
    }

    private static boolean nettyIsHere() {
        return LeakWatch.class.getClassLoader().getResource("io/netty/util/ResourceLeakDetectorFactory.class") != null;
    }
}
