/**
 * Two processes for the controller of one cluster: one leads, the other stands by with a copy of all that the leader acknowledged,
 * and takes over when it dies. Which one leads is written in one place that only takes a write from who knows what stands there.
 * <p><b>In:</b> {@link io.tombolo.controller.kube.LeaderRecord}, changes of files in the state directory. <b>Out:</b> a replica that
 * leads. <b>Start reading at</b> {@link io.tombolo.controller.replica.Standby}, then {@link io.tombolo.controller.replica.Leader}.
 * <p><b>Two rules make it safe.</b> Only the replica that the record names as in step may take over. The leader acknowledges nothing
 * unless that replica has it on disk, or the record names none any more. No rule depends on time: time decides only how soon.
 * <p><b>May use:</b> {@code kube}, {@code join}, {@code identity}, {@code wire.file}, gRPC. <b>Threads:</b> virtual ones, and one of
 * the leader for the record.
 */
@NullMarked
package io.tombolo.controller.replica;

import org.jspecify.annotations.NullMarked;
