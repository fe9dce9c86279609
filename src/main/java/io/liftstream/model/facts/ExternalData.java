package io.liftstream.model.facts;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files beside an ONNX model that hold its weights ({@code model.onnx_data}). They are part of
 * the model: they are hashed with it, and lie in its folder.
 *
 * <p>Read field by field: the message classes would hold the weights of a model of gigabytes in
 * memory.
 */
public final class ExternalData {
    /** A message of the format, with the fields that lead to tensors. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        SPARSE,
        TENSOR
    }

    private static final Map<Message, Map<Integer, Message>> CHILDREN =
            Map.of(
                    Message.MODEL,
                    Map.of(
                            ModelProto.GRAPH_FIELD_NUMBER, Message.GRAPH,
                            ModelProto.FUNCTIONS_FIELD_NUMBER, Message.FUNCTION),
                    Message.GRAPH,
                    Map.of(
                            GraphProto.NODE_FIELD_NUMBER, Message.NODE,
                            GraphProto.INITIALIZER_FIELD_NUMBER, Message.TENSOR,
                            GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER, Message.SPARSE),
                    Message.FUNCTION,
                    Map.of(FunctionProto.NODE_FIELD_NUMBER, Message.NODE),
                    Message.NODE,
                    Map.of(NodeProto.ATTRIBUTE_FIELD_NUMBER, Message.ATTRIBUTE),
                    Message.ATTRIBUTE,
                    Map.of(
                            AttributeProto.T_FIELD_NUMBER, Message.TENSOR,
                            AttributeProto.TENSORS_FIELD_NUMBER, Message.TENSOR,
                            AttributeProto.G_FIELD_NUMBER, Message.GRAPH,
                            AttributeProto.GRAPHS_FIELD_NUMBER, Message.GRAPH,
                            AttributeProto.SPARSE_TENSOR_FIELD_NUMBER, Message.SPARSE,
                            AttributeProto.SPARSE_TENSORS_FIELD_NUMBER, Message.SPARSE),
                    Message.SPARSE,
                    Map.of(
                            SparseTensorProto.VALUES_FIELD_NUMBER, Message.TENSOR,
                            SparseTensorProto.INDICES_FIELD_NUMBER, Message.TENSOR),
                    Message.TENSOR,
                    Map.of());

    // Of nested graphs; the deepest models in use have two or three.
    private static final int MAX_DEPTH = 64;
    private static final String LOCATION = "location";

    private final Set<String> locations = new TreeSet<>();

    private ExternalData() {}

    /**
     * {@return where a model says that its weights are: names relative to its folder, in
     * alphabetical order; empty for a model that holds them itself, and for a file that is no
     * model}
     *
     * @param model an ONNX file
     * @throws ModelException for a name that leads out of the folder
     * @throws UncheckedIOException where it cannot be read
     */
    public static List<String> locations(Path model) {
        ExternalData data = new ExternalData();
        try (InputStream file = Files.newInputStream(model)) {
            data.read(CodedInputStream.newInstance(file), Message.MODEL, 0);
        } catch (InvalidProtocolBufferException e) {
            // No model: ONNX Runtime, which reads it next, says so in full.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + model.getFileName(), e);
        }
        data.locations.forEach(location -> requireBelow(model, location));
        return List.copyOf(data.locations);
    }

    /**
     * The files of {@link #locations}, each of which is in the model's own folder.
     *
     * @param model an ONNX file
     * @return the files, in the order of their names
     * @throws ModelException for a file that is missing, or outside the folder, be it by a link
     */
    public static List<Path> files(Path model) {
        List<Path> files = new ArrayList<>();
        for (String location : locations(model)) {
            files.add(file(model, location));
        }
        return files;
    }

    private static Path file(Path model, String location) {
        try {
            Path folder = model.toRealPath().getParent();
            Path file = folder.resolve(location).toRealPath();
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (IOException e) {
            throw refused(model, location, e);
        }
        throw refused(model, location, null);
    }

    private static void requireBelow(Path model, String location) {
        try {
            Path relative = Path.of(location);
            boolean plain =
                    !relative.isAbsolute()
                            && !relative.startsWith("..")
                            && relative.normalize().equals(relative);
            if (plain && !location.isEmpty()) {
                return;
            }
        } catch (InvalidPathException e) {
            throw refused(model, location, e);
        }
        throw refused(model, location, null);
    }

    private static LiftingException refused(Path model, String location, Exception cause) {
        return new ModelException(
                "weights of " + model.getFileName(),
                location,
                "must be a file in the model's own folder: keep the two together",
                cause);
    }

    private void read(CodedInputStream in, Message message, int depth) throws IOException {
        Map<Integer, Message> children = CHILDREN.get(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            boolean delimited =
                    WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (delimited && children.containsKey(field)) {
                readChild(in, children.get(field), depth + 1);
            } else if (delimited
                    && message == Message.TENSOR
                    && field == TensorProto.EXTERNAL_DATA_FIELD_NUMBER) {
                addLocation(in);
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readChild(CodedInputStream in, Message message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("nested more than " + MAX_DEPTH + " deep");
        }
        int outer = in.pushLimit(in.readRawVarint32());
        read(in, message, depth);
        in.popLimit(outer);
    }

    private void addLocation(CodedInputStream in) throws IOException {
        StringStringEntryProto.Builder entry = StringStringEntryProto.newBuilder();
        in.readMessage(entry, ExtensionRegistryLite.getEmptyRegistry());
        if (entry.getKey().equals(LOCATION)) {
            locations.add(entry.getValue());
        }
    }
}
