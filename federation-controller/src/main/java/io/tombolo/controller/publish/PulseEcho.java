package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Own pulses on their way: written here, read back by the reader. Coming back, they prove that this cluster is not cut off. */
public final class PulseEcho {
    private static final int MOST_REMEMBERED = 64;

    private final Map<Long, Long> writtenNanos = new LinkedHashMap<>();
    private ByteString startId = ByteString.EMPTY;

    /** A writer began: pulses with this start id are ours. */
    synchronized void begin(ByteString id) {
        startId = id;
    }

    /** A pulse was handed to Kafka. */
    synchronized void written(long counter, long nanos) {
        writtenNanos.put(counter, nanos);
        if (writtenNanos.size() > MOST_REMEMBERED) {
            writtenNanos.remove(writtenNanos.keySet().iterator().next());
        }
    }

    /** Whether this process sends pulses with that start id. */
    public synchronized boolean isOurs(ByteString id) {
        return id.equals(startId);
    }

    /** When the pulse with that counter was handed to Kafka, by the monotonic clock. */
    public synchronized OptionalLong writtenAt(long counter) {
        Long nanos = writtenNanos.get(counter);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
