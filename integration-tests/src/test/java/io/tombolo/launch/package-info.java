/**
 * The scripts by which people and machines enter: {@code mvnw}, {@code tombolo}, {@code .ci/run} and what they source.
 * Each runs in a made-up checkout or a made-up machine. <b>Start reading at</b> {@link io.tombolo.launch.LauncherTest}.
 */
@NullMarked
package io.tombolo.launch;

import org.jspecify.annotations.NullMarked;
