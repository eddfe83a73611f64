# The warnings every target of the project is built with; libraries come in as SYSTEM includes.
add_library(copyledger_warnings INTERFACE)
target_compile_options(copyledger_warnings INTERFACE
    -Werror -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wcast-qual -Wformat=2
    -Wimplicit-fallthrough -Wextra-semi -Wswitch-enum -Wundef
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-branches>
    $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
    # g++ 12 takes the frames of Asio's coroutines for memory of another allocator.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>
    # g++ 12 reports "literal" + std::to_string(x) as an overlapping copy.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Where many files are one: a file's own types and names are all files' then.
if(CMAKE_UNITY_BUILD)
    target_compile_options(copyledger_warnings INTERFACE
        -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
