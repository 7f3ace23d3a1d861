package io.tombolo.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every leak detector that Netty makes in this JVM. Apart from {@link LeakWatch}, which must load without Netty. */
final class WatchedDetectors extends ResourceLeakDetectorFactory {
    private static final List<Detector<?>> ALL = new CopyOnWriteArrayList<>();

    /** Must be called before Netty's first buffer: Netty's classes take their detectors when they are loaded. */
    static void install() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new WatchedDetectors());
    }

    /** Collects garbage and lets each detector report what was lost. Some 10 ms; nothing at all before the first buffer. */
    static void report() {
        if (ALL.isEmpty()) {
            return;
        }
        System.gc();
        ALL.forEach(Detector::poll);
    }

    @Override
    @SuppressWarnings("deprecation") // the only abstract method; the other one calls it
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
        var detector = new Detector<T>(resource, interval);
        ALL.add(detector);
        return detector;
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {
        @SuppressWarnings("deprecation") // a factory of Netty's own calls it as well
        Detector(Class<T> resource, int interval) {
            super(resource, interval);
        }

        /** Tracking a new object is what makes Netty look at the lost ones. */
        @SuppressWarnings("unchecked") // a tracked object is only hashed, never used
        void poll() {
            T probe = (T) new Object();
            ResourceLeakTracker<T> tracker = track(probe);
            if (tracker != null) {
                tracker.close(probe);
            }
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            super.reportTracedLeak(resourceType, records);
            write("LEAK: " + resourceType + " was not released." + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            super.reportUntracedLeak(resourceType);
            write("LEAK: " + resourceType + " was not released.");
        }

        private static void write(String line) {
            try {
                Path directory = Path.of(System.getProperty("tombolo.leaks"));
                Files.createDirectories(directory);
                Files.writeString(
                        directory.resolve(ProcessHandle.current().pid() + ".log"),
                        line + System.lineSeparator(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
