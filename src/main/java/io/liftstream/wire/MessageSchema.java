package io.liftstream.wire;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.liftstream.proto.v1.DepthEstimationResult;
import java.util.LinkedHashSet;
import java.util.Set;

/** The messages' schema, for programs that have no generated classes. */
public final class MessageSchema {

    private MessageSchema() {}

    /**
     * {@return an encoded {@code google.protobuf.FileDescriptorSet} of frames and results, with all
     * that they import, each file after those that it needs}
     */
    public static byte[] descriptorSet() {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        addAfterImports(DepthEstimationResult.getDescriptor().getFile(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto()));
        return set.build().toByteArray();
    }

    private static void addAfterImports(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(imported -> addAfterImports(imported, files));
        files.add(file);
    }
}
