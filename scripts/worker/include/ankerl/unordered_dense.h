// Distributions do not carry ankerl's unordered_dense; the worker needs no more of it than the standard containers give.
#ifndef BEDSIDE_UNORDERED_DENSE_H
#define BEDSIDE_UNORDERED_DENSE_H

#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename T>
	struct hash
	{
		size_t operator()(const T& value) const noexcept
		{
			if constexpr (std::is_integral_v<T>)
			{
				// The standard hash of a number is the number, and addresses differ in few bits: mix (splitmix64).
				auto mixed = static_cast<uint64_t>(value) + 0x9e3779b97f4a7c15ULL;
				mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
				mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;

				return static_cast<size_t>(mixed ^ (mixed >> 31));
			}
			else
			{
				return std::hash<T>{}(value);
			}
		}
	};

	template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
