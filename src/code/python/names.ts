// Lists the method names that have no effect on any Python object that is read: texts, containers, dates, tables, documents.

export const HARMLESS_METHODS: ReadonlySet<string> = new Set(
  `capitalize casefold center count decode encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit
isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix rfind
rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill hex fromhex bit_length to_bytes
from_bytes is_integer as_integer_ratio append extend insert pop popleft appendleft sort reverse copy clear add discard union intersection
difference symmetric_difference issubset issuperset isdisjoint update keys values items get setdefault fromkeys popitem most_common elements
subtract move_to_end group groups groupdict start end span search match fullmatch findall finditer sub subn expand read readline readlines
close seek tell flush fileno readable writable isatty getvalue hexdigest digest isoformat strftime strptime timestamp date time weekday
isoweekday isocalendar now today utcnow fromtimestamp utcfromtimestamp fromisoformat combine astimezone total_seconds utcoffset timetuple
toordinal writerow writerows writeheader sniff has_header add_argument parse_args parse_known_args add_subparsers set_defaults add_parser
add_mutually_exclusive_group add_argument_group print_help format_help set_description set_postfix tolist item most_common_names resolve
absolute joinpath relative_to as_posix as_uri with_suffix with_name with_stem is_absolute is_relative_to samefile expanduser lstat
is_symlink text json raise_for_status getroot iter itertext iterfind findtext attrib find_all findAll select select_one get_text prettify decompose
children descendants parents next_sibling find_next find_parent get_attribute_list head tail describe info groupby agg aggregate mean median std var sum
min max nunique unique value_counts sort_values sort_index reset_index set_index dropna fillna isna isnull notna notnull astype drop_duplicates
duplicated merge rename iterrows itertuples iloc loc shape columns dtypes to_dict to_string to_numpy to_list nlargest nsmallest corr quantile
cumsum diff shift rolling pivot pivot_table melt explode assign transform apply applymap map filter isin between where mask clip round abs
reshape flatten ravel transpose argmax argmin argsort nonzero any all dot squeeze ndim size dtype T real imag query_string netloc path
debug warning error critical exception log setLevel addHandler setFormatter getEffectiveLevel isEnabledFor basicConfig sections options has_section has_option
getint getfloat getboolean read_string ratio quick_ratio get_matching_blocks get_opcodes compare as_tuple quantize to_integral_value
elapsed_ns parse parse_isoformat loads dumps lookup category get_content_type get_payload walk is_multipart acquire release locked is_set set wait
done result cancelled partial_ratio substitute safe_substitute getnode bytes urn __init__ __str__ __repr__ __len__ __enter__ __exit__
acquire_lock qsize empty full put get_nowait put_nowait task_done appendChild getElementsByTagName toxml toprettyxml getAttribute hasAttribute
normal standard_normal integers permutation exponential poisson binomial lognormal namelist infolist getnames getmembers fetchone fetchall fetchmany cursor commit rollback print rule add_row add_column update_traces convert getpixel getdata thumbnail
resize crop rotate getbbox histogram getbands tobytes iter_rows iter_cols cell max_row sheetnames active visit generic_visit _replace _asdict _fields`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
